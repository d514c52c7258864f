const above = 1;

// TERMS-BEGIN asset=open
const shared = 5;
const common = 6;
// TERMS-END

const below = 2;
export { above, below, common, shared };
