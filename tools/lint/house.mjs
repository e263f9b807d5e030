/** The rules of this house as a plugin of oxlint; what each protects stands in its own file. */
import { endpointDeclaresAccess } from './endpoint-declares-access.mjs';
import { noAmbientTimeInDomain } from './no-ambient-time-in-domain.mjs';
import { noSqlOutsideRepository } from './no-sql-outside-repository.mjs';

export default {
  meta: { name: 'house' },
  rules: {
    'endpoint-declares-access': endpointDeclaresAccess,
    'no-ambient-time-in-domain': noAmbientTimeInDomain,
    'no-sql-outside-repository': noSqlOutsideRepository,
  },
};
