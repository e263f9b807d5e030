/**
 * `es-toolkit/compat` from the one file that the package has for browsers. Its other form is 429 files,
 * which every spec of the whole application would link anew. The names are those that Nest imports.
 */
import library from '../../node_modules/es-toolkit/dist/browser.global.js';

export const {
  assign,
  clone,
  cloneDeep,
  compact,
  find,
  flatMap,
  flatten,
  get,
  groupBy,
  head,
  identity,
  isArray,
  isEmpty,
  isEqual,
  isFunction,
  isNil,
  isString,
  isUndefined,
  keyBy,
  map,
  mapValues,
  merge,
  negate,
  omit,
  omitBy,
  pick,
  pickBy,
  some,
  unionWith,
  uniq,
} = library;
