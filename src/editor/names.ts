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
  askToView: 'developerTerms.askToView',
  atWithheld: 'developerTerms.atWithheld',
  explainAct: 'developerTerms.explainAct',
  justifyUse: 'developerTerms.justifyUse',
  copy: 'developerTerms.copy',
  cut: 'developerTerms.cut',
  giveReason: 'developerTerms.giveReason',
  reportWrongMatch: 'developerTerms.reportWrongMatch',
  wrongMatches: 'developerTerms.wrongMatches',
  startTraining: 'developerTerms.startTraining',
  readLesson: 'developerTerms.readLesson',
  trainingOverview: 'developerTerms.trainingOverview',
  connectRecordStore: 'developerTerms.connectRecordStore',
  addBadge: 'developerTerms.addBadge',
} as const;

export const CONTEXT_KEYS = {
  copyGuarded: 'developerTerms.copyGuarded',
  answering: 'developerTerms.answering',
} as const;

export const COLORS = {
  background: 'developerTerms.regionBackground',
  border: 'developerTerms.regionBorder',
  ruler: 'developerTerms.overviewRuler',
  badge: 'developerTerms.fileBadge',
  veil: 'developerTerms.hiddenLines',
} as const;

export const POLICY_FILE = 'developer-terms.yaml';
export const DETAILS_SCHEME = 'developer-terms-details';
export const WITHHELD_EDITOR = 'developerTerms.withheld';
export const DIAGNOSTIC_SOURCE = 'Developer Terms';
