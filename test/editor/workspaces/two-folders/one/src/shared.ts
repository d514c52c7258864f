// TERMS-BEGIN asset=owned-by-one
export const greet = 'one';
// TERMS-END
