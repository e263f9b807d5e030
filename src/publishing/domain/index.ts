/** What a snapshot is to others, without a database or a framework. */
export { croissantOf } from './croissant.js';
