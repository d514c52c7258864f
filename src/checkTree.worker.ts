/** A worker that looks at a share of a tree's files for `devterms check`. */
import { serveTreeLooks } from './cli/check/serveTreeLooks.js';
import { parentChannel } from './node/parentChannel.js';

serveTreeLooks(parentChannel());
