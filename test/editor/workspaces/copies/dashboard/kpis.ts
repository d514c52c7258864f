/** What the dashboard counts. */
export interface Kpi {
  readonly name: string;
  readonly unit: string;
}

export const KPIS: readonly Kpi[] = [];
