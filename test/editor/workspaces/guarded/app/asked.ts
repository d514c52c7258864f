export const before = 1;
// TERMS-BEGIN asset=asked-lines
export const askedSecret = 11;
// TERMS-END
export const after = 2;
