export const cases = [];

