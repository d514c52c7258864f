const above = 1;

// TERMS-BEGIN asset=reasoned
const gain = 7;
// TERMS-END

const below = 2;
export { above, below, gain };
