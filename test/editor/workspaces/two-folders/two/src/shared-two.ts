// TERMS-BEGIN asset=owned-by-two
export const greet = 'two';
// TERMS-END

// TERMS-BEGIN asset=owned-by-one
export const foreign = 'two';
// TERMS-END
