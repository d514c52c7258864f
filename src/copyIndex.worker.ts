/** The worker that holds a repository's copy index, so that no keystroke ever waits for it. */
import { serveCopyIndex } from './changes/serveCopyIndex.js';
import { parentChannel } from './node/parentChannel.js';

serveCopyIndex(parentChannel());
