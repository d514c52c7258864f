export { whose } from '../policy/whose.js';
