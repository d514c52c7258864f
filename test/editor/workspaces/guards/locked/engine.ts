export const torque = 12;
export const angle = 34;
