/** What a credential may do, as `noun:verb`. Roles are bundles of scopes; API keys carry some. */
export const SCOPES = {
  'account:manage': 'Manage one’s own account, sessions and API keys',
  'parties:write': 'Create parties, prove who they are, propose and answer mandates',
  'works:write': 'Register works, identifiers, links and catalogues',
  'claims:write': 'Claim layers of works and withdraw claims',
  'consent:declare': 'Declare and withdraw consent',
  'imports:write': 'Import catalogues from files',
  'licences:grant': 'Grant and revoke licences',
  'preservation:declare':
    'Say what an archive holds, and what it declares about the state of works',
  'lookup:read': 'Look up works as a known inquirer, with higher limits',
  'operator:decide':
    'Decide as an operator of the registry: verifications, claims, disputes, erasures, lost passkeys',
} as const;

export type Scope = keyof typeof SCOPES;

export const ROLES = [
  'artist',
  'representative',
  'archive',
  'dataset_builder',
  'auditor',
  'operator',
] as const;

export type Role = (typeof ROLES)[number];

const HOLDER: readonly Scope[] = [
  'account:manage',
  'parties:write',
  'works:write',
  'claims:write',
  'consent:declare',
  'imports:write',
  'licences:grant',
  'lookup:read',
];
const INQUIRER: readonly Scope[] = ['account:manage', 'parties:write', 'lookup:read'];

/** What each role may do. Nothing is allowed that does not stand here. */
export const ROLE_SCOPES: Readonly<Record<Role, readonly Scope[]>> = {
  artist: HOLDER,
  representative: HOLDER,
  archive: [...INQUIRER, 'preservation:declare'],
  dataset_builder: INQUIRER,
  auditor: INQUIRER,
  operator: ['account:manage', 'lookup:read', 'operator:decide'],
};

/** All scopes of these roles together. */
export function scopesOf(roles: readonly Role[]): Set<Scope> {
  return new Set(roles.flatMap((role) => ROLE_SCOPES[role]));
}
