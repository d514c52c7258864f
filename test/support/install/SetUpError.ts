/** Something on this machine is missing or out of reach. The message says what to do; no stack is of use to anyone. */
export class SetUpError extends Error {
  override readonly name = 'SetUpError';
}
