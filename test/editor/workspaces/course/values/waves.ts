export const waves = [0.2, 0.4, 0.1];
