/** What the day begins with. */
export function greeting(name: string): string {
  return `Good morning, ${name}.`;
}

export const everyone = ['Ana', 'Ben', 'Mia'].map(greeting);
