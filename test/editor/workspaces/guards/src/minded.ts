const above = 1;

// TERMS-BEGIN asset=minded
const window = 3;
const margin = 4;
// TERMS-END

const below = 2;
export { above, below, margin, window };
