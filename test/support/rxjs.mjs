/**
 * `rxjs` and `rxjs/operators` from the one file that the package has for browsers, in place of 229 that
 * every spec of the whole application would link anew. The names are those that Nest and we import.
 */
import library from '../../node_modules/rxjs/dist/bundles/rxjs.umd.min.js';

export const {
  catchError,
  concatMap,
  defer,
  delay,
  EMPTY,
  EmptyError,
  from,
  isObservable,
  lastValueFrom,
  map,
  mergeAll,
  Observable,
  of,
  ReplaySubject,
  retryWhen,
  scan,
  Subject,
  switchMap,
  takeUntil,
  tap,
  throwError,
} = library;
