/**
 * Every column of every table: what is personal and what an erasure does with it, and what is not. The
 * spec in test/db/data-map.spec.ts fails on a column that does not stand here, so that nobody adds a
 * personal datum without saying how it goes.
 */
export interface TableMap {
  /** Column → what an erasure does with it. */
  readonly personal: Readonly<Record<string, string>>;
  /** Ids, states, times and numbers: nothing in them says who somebody is once the rest is gone. */
  readonly other: readonly string[];
}

const WITH_ROW = 'the row is deleted';
const WITHDRAWN_WORK = 'the row is deleted where the work is withdrawn';
const PROJECTED = 'the row is deleted with the work’s identifiers';

export const DATA_MAP: Readonly<Record<string, TableMap>> = {
  accounts: {
    personal: {
      email: 'empty text',
      email_key: 'the account’s id',
      password_hash: 'empty text',
      display_name: '“erased”',
      roles: 'none',
    },
    other: ['account_id', 'created_at', 'disabled_at', 'erased_at'],
  },
  sessions: {
    personal: {
      token_hash: WITH_ROW,
      created_at: WITH_ROW,
      last_used_at: WITH_ROW,
      expires_at: WITH_ROW,
      revoked_at: WITH_ROW,
    },
    other: ['session_id', 'account_id'],
  },
  api_keys: {
    personal: {
      name: WITH_ROW,
      secret_hash: WITH_ROW,
      last_four: WITH_ROW,
      last_used_at: WITH_ROW,
    },
    other: ['api_key_id', 'account_id', 'scopes', 'created_at', 'expires_at', 'revoked_at'],
  },
  idempotency_keys: {
    personal: {
      client_id: 'an address of a machine or an account’s id; the row is deleted',
      idempotency_key: WITH_ROW,
      request_digest: WITH_ROW,
      response_headers: WITH_ROW,
      response_body: 'the row is deleted, also where it is another’s and names an erased id',
    },
    other: ['created_at'],
  },
  parties: {
    personal: { display_name: '“erased”', country: 'NULL' },
    other: ['party_id', 'kind', 'revision', 'created_by', 'created_at', 'erased_at'],
  },
  party_members: {
    personal: { account_id: 'who speaks for whom; the row is deleted' },
    other: ['party_id', 'added_at'],
  },
  party_identifiers: {
    personal: { scheme: WITH_ROW, value: WITH_ROW, typed: WITH_ROW },
    other: ['party_id', 'added_at'],
  },
  party_verifications: {
    personal: {
      domain: WITH_ROW,
      token: WITH_ROW,
      evidence: WITH_ROW,
      reason: WITH_ROW,
      check_result: WITH_ROW,
      revocation_reason: WITH_ROW,
    },
    other: [
      'verification_id',
      'party_id',
      'method',
      'level',
      'state',
      'requested_by',
      'created_at',
      'checked_at',
      'verified_at',
      'revoked_at',
      'revoked_by',
    ],
  },
  mandates: {
    personal: {},
    other: [
      'mandate_id',
      'principal_party_id',
      'representative_party_id',
      'rights',
      'purposes',
      'territory',
      'valid_from',
      'valid_until',
      'state',
      'proposed_by',
      'proposed_at',
      'decided_at',
      'revoked_at',
    ],
  },
  passkeys: {
    personal: {
      label: WITH_ROW,
      credential_id: WITH_ROW,
      public_key: `${WITH_ROW}: an opening of the log’s commitment`,
      salt: `${WITH_ROW}: an opening of the log’s commitment`,
      counter: WITH_ROW,
      transports: WITH_ROW,
      used_at: WITH_ROW,
    },
    other: [
      'passkey_id',
      'party_id',
      'account_id',
      'commitment',
      'state',
      'bound_at',
      'leaf_index',
      'revoked_at',
      'revoked_by',
    ],
  },
  passkey_assertions: {
    personal: {
      nonce: WITH_ROW,
      statement: WITH_ROW,
      authenticator_data: WITH_ROW,
      client_data: WITH_ROW,
      signature: WITH_ROW,
    },
    other: ['assertion_id', 'passkey_id', 'origin', 'rp_id', 'signed_at'],
  },
  passkey_challenges: {
    personal: { challenge: `${WITH_ROW}, but for one that is being taken at that moment` },
    other: ['account_id', 'party_id', 'act', 'expires_at'],
  },
  passkey_policies: { personal: {}, other: ['party_id', 'required_since'] },
  webhooks: {
    personal: { url: WITH_ROW, secret: WITH_ROW, previous_secret: WITH_ROW },
    other: [
      'webhook_id',
      'party_id',
      'previous_until',
      'state',
      'told_up_to',
      'failures',
      'retry_at',
      'leased_until',
      'created_by',
      'created_at',
    ],
  },
  webhook_attempts: {
    personal: { event_id: WITH_ROW, status: WITH_ROW, failure: WITH_ROW },
    other: ['attempt_id', 'webhook_id', 'at', 'duration_ms'],
  },
  notice_settings: {
    personal: { mail: WITH_ROW, read_up_to: WITH_ROW, mailed_up_to: WITH_ROW },
    other: ['account_id', 'party_id', 'leased_until'],
  },
  works: {
    personal: { title: '“erased”', language: 'NULL', released_on: 'NULL' },
    other: [
      'work_id',
      'kind',
      'registrant_party_id',
      'revision',
      'recorded_at',
      'leaf_index',
      'erased_at',
    ],
  },
  work_contributors: {
    personal: {
      name: 'the row is deleted where it names the erased, or the work is withdrawn',
      role: WITH_ROW,
      party_id: WITH_ROW,
    },
    other: ['work_id', 'position'],
  },
  work_identifiers: {
    personal: {
      scheme: WITHDRAWN_WORK,
      value: `${WITHDRAWN_WORK}: an opening of the log’s commitment`,
      typed: WITHDRAWN_WORK,
      salt: `${WITHDRAWN_WORK}: an opening of the log’s commitment`,
    },
    other: ['work_id', 'confidence_ppm', 'recorded_at', 'removed_at', 'leaf_index'],
  },
  work_links: {
    personal: {},
    other: [
      'from_work_id',
      'to_work_id',
      'kind',
      'verified',
      'recorded_at',
      'removed_at',
      'leaf_index',
    ],
  },
  catalogues: {
    personal: { name: 'the catalogue’s id' },
    other: ['catalogue_id', 'party_id', 'created_at'],
  },
  catalogue_works: {
    personal: {},
    other: ['catalogue_id', 'work_id', 'recorded_at', 'removed_at', 'leaf_index'],
  },
  disputes: {
    personal: { reason: 'NULL; append-only but for that' },
    other: [
      ...['dispute_id', 'version', 'work_id', 'layer', 'claim_ids', 'party_ids', 'opened_by'],
      ...['state', 'how', 'made_by', 'recorded_at', 'leaf_index'],
    ],
  },
  custodies: {
    personal: { party_id: WITH_ROW, declared_by: WITH_ROW },
    other: ['work_id', 'declared_at'],
  },
  trigger_steps: {
    personal: {
      evidence_url: 'NULL; append-only but for that',
      evidence_digest: 'NULL; append-only but for that',
    },
    other: [
      ...['work_id', 'kind', 'step', 'state', 'party_id', 'months', 'holders', 'in_effect_at'],
      ...['made_by', 'recorded_at', 'leaf_index'],
    ],
  },
  claims: {
    personal: { evidence: 'NULL; append-only but for that' },
    other: [
      'claim_id',
      'version',
      'work_id',
      'party_id',
      'layer',
      'role',
      'share_ppm',
      'territory',
      'exclusive',
      'level',
      'method',
      'state',
      'mandate_id',
      'made_by',
      'made_at',
      'recorded_at',
      'leaf_index',
    ],
  },
  term_sets: {
    personal: {
      content:
        'NULL where somebody wrote a text in it and nobody else declared it; append-only but for that',
    },
    other: ['term_set_id', 'digest'],
  },
  declarations: {
    personal: {},
    other: [
      'declaration_id',
      'party_id',
      'layer',
      'subject_kind',
      'subject_id',
      'version',
      'term_set_id',
      'effective_from',
      'effective_until',
      'withdraws',
      'template',
      'declared_by',
      'recorded_at',
      'leaf_index',
      'assertion_id',
    ],
  },
  licences: {
    personal: {},
    other: [
      'licence_id',
      'grantor_party_id',
      'grantee_party_id',
      'purposes',
      'layers',
      'territory',
      'valid_from',
      'valid_until',
      'granted_by',
      'granted_at',
      'revoked_at',
    ],
  },
  licence_works: { personal: {}, other: ['grantee_party_id', 'work_id', 'licence_id'] },
  imports: {
    personal: {
      file_name: WITH_ROW,
      file_digest: WITH_ROW,
      columns: WITH_ROW,
      notes: WITH_ROW,
    },
    other: [
      'import_id',
      'party_id',
      'encoding',
      'delimiter',
      'rows_total',
      'rows_registered',
      'rows_joined',
      'rows_unchanged',
      'rows_refused',
      'rows_warned',
      'catalogue_id',
      'imported_by',
      'imported_at',
    ],
  },
  import_rows: {
    personal: {
      faults: 'the row is deleted; NULL in others’ rows about a withdrawn work',
      warnings: 'the row is deleted; NULL in others’ rows about a withdrawn work',
    },
    other: ['import_id', 'line', 'outcome', 'work_id'],
  },
  lookup_jobs: {
    personal: {
      idempotency_key: WITH_ROW,
      request_digest: WITH_ROW,
      ask: 'what somebody wanted to know; the row is deleted with the files',
      header: WITH_ROW,
      input_digest: WITH_ROW,
      problem: WITH_ROW,
    },
    other: [
      'job_id',
      'account_id',
      'state',
      'format',
      'input_bytes',
      'input_offset',
      'rows_done',
      'chunks',
      'result_bytes',
      'result_epoch',
      'epoch',
      'leased_until',
      'first_log_size',
      'created_at',
      'ended_at',
      'expires_at',
    ],
  },
  holdings: {
    personal: { account_id: 'who watches; the row is deleted', webhook_id: WITH_ROW },
    other: [
      'holding_id',
      'since',
      'identifiers',
      'told',
      'told_up_to',
      'state',
      'failures',
      'retry_at',
      'leased_until',
      'created_at',
    ],
  },
  holding_items: {
    personal: {
      scheme: `${WITH_ROW}, with what its holder knew by itself; nothing leads to a work from there`,
      value: WITH_ROW,
    },
    other: ['holding_id', 'erased_leaf'],
  },
  lookup_entries: {
    personal: { scheme: PROJECTED, value: PROJECTED, released_on: PROJECTED },
    other: ['work_id', 'standing_id', 'confidence_ppm'],
  },
  snapshot_standings: { personal: {}, other: ['standing_id', 'digest', 'last_size'] },
  lookup_standings: { personal: {}, other: ['standing_id', 'digest', 'shape', 'refs'] },
  log_leaves: {
    personal: {},
    other: [
      'leaf_index',
      'leaf_hash',
      'entry',
      'leaf_type',
      'stream_key',
      'stream_version',
      'recorded_at',
    ],
  },
  log_head: { personal: {}, other: ['only_row', 'size', 'root', 'frontier', 'recorded_at'] },
  log_checkpoints: { personal: {}, other: ['size', 'root', 'note', 'signed_at'] },
  log_concerns: { personal: {}, other: ['party_id', 'leaf_index'] },
  log_signing: { personal: {}, other: ['only_row', 'state', 'reason', 'since'] },
  registry_keys: {
    personal: {},
    other: ['kid', 'state', 'use', 'public_key', 'recorded_at', 'leaf_index'],
  },
  migrations: { personal: {}, other: ['id', 'timestamp', 'name'] },
};

/** The page docs/reference/data-map.md. */
export function dataMapMarkdown(): string {
  const lines = [
    '# Data map',
    '',
    'Made from `src/erasure/domain/data-map.ts` by `npm run docs:generate`. Which columns hold what people',
    'said about themselves, or what opens a commitment, and what an erasure does with each.',
  ];
  for (const [table, { personal, other }] of Object.entries(DATA_MAP)) {
    lines.push('', `## ${table}`, '');
    const rows = Object.entries(personal);
    for (const [column, erased] of rows) lines.push(`- **${column}**: ${erased}`);
    if (rows.length > 0) lines.push('');
    lines.push(`Not personal: ${other.join(', ')}.`);
  }
  lines.push(
    '',
    '## Queued jobs',
    '',
    'The tables in the schema `graphile_worker` are the queue’s own. A job names a webhook, a lookup',
    'job, a holding, or an account and a party, by id and nothing else; those of the erased are deleted. A job that runs at that moment finds',
    'nobody to tell.',
    '',
    '## Leaves',
    '',
    'No field of a leaf is personal; a leaf can’t be erased. [Leaves](../specs/leaves.md) has each of them.',
  );
  return `${lines.join('\n')}\n`;
}
