// TERMS-BEGIN asset=owned-by-one
export const greet = 'free';
// TERMS-END
