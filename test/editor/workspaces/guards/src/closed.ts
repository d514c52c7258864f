const above = 1;

// TERMS-BEGIN asset=closed
const secret = 42;
  const indented = secret + 1;
// TERMS-END

const below = 2;
export { above, below, secret, indented };
