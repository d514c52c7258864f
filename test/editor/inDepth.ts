/**
 * A test that goes into the depth of something that another one shows: left out where `DEVTERMS_TESTS=essential` says that time
 * is short, as in CI.
 */
export function inDepth(title: string, run: Mocha.AsyncFunc): void {
  (process.env['DEVTERMS_TESTS'] === 'essential' ? it.skip : it)(title, run);
}
