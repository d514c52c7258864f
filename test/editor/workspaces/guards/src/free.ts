const free = 1;
export { free };
