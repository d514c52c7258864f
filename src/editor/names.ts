/** Every id that the manifest and the code share. A test holds them against package.json. */
export const COMMANDS = {
  openPolicy: 'developerTerms.openPolicy',
  openClause: 'developerTerms.openClause',
  showDetails: 'developerTerms.showDetails',
  askContact: 'developerTerms.askContact',
  nextRegion: 'developerTerms.nextRegion',
  releasePolicy: 'developerTerms.releasePolicy',
  choosePurpose: 'developerTerms.choosePurpose',
  ask: 'developerTerms.ask',
  runCases: 'developerTerms.runCases',
  compareWithOrigin: 'developerTerms.compareWithOrigin',
  showMenu: 'developerTerms.showMenu',
  askWaiver: 'developerTerms.askWaiver',
} as const;

export const COLORS = {
  background: 'developerTerms.regionBackground',
  border: 'developerTerms.regionBorder',
  ruler: 'developerTerms.overviewRuler',
  badge: 'developerTerms.fileBadge',
} as const;

export const POLICY_FILE = 'developer-terms.yaml';
export const DETAILS_SCHEME = 'developer-terms-details';
export const DIAGNOSTIC_SOURCE = 'Developer Terms';
