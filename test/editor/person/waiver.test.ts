import assert from 'node:assert/strict';
import { join } from 'node:path';
import { personOpens } from '../stage.js';

const COBUILD = join(import.meta.dirname, '../../../examples/cobuild');
const SAM = 'sam.rivera@harborline.example';

describe('asking for a waiver, as a person does it', () => {
  it('writes a request that says what stands against it and leaves the signature to the approver', async () => {
    const person = await personOpens(COBUILD, { as: SAM });
    await person.openFile('orchestrator/src/adapters/corvidLink.ts');
    await person.seesLineStyle(20);
    await person.goTo(20, 1);
    await person.runCommand('Developer Terms: Ask for a Waiver…');
    await person.pick('copy');
    await person.answer('A byte-exact test of the frames.');
    const text = await person.seesLine(1, 'Request under');
    assert.match(text, /Request under “/);
    assert.match(
      await person.notificationText('The request is ready'),
      /ready for k\.oyelaran\.legal@corvid\.example.*It counts once it is signed and stands in the policy\./,
    );
  });
});
