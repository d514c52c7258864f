export const title = 'Drift';
// TERMS-BEGIN asset=marked-drift
export const slope = 0.4;
// TERMS-END
export const unit = 'm';
