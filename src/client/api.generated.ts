// Made from docs/reference/openapi.json by scripts/describe-client.mjs; never edit it.
export interface paths {
	"/health/live": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Whether the process runs */
		get: operations["health_live"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/health/log": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Whether the log is being signed, and why not */
		get: operations["health_log"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/health/ready": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Whether requests can be answered: the database is reached */
		get: operations["health_ready"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/health/standbys": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Which standbys lookups are read from, and why not from the others */
		get: operations["health_standbys"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/metrics": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Metrics in Prometheus’ text format */
		get: operations["health_metrics"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/account": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Who am I, and what may I do? */
		get: operations["accounts_show"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/account/password": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		/**
		 * Change the password and end all other sessions
		 * @description Needs the scope `account:manage`.
		 */
		put: operations["accounts_changePassword"];
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/accounts": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** Sign up: make an account */
		post: operations["accounts_signUp"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/accounts/me": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * Erase your account and every party that you alone speak for
		 * @description Needs the scope `account:manage`.
		 */
		delete: operations["erasure_erase"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/accounts/me/erasure": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * See what erasing your account would remove and what would stay
		 * @description Needs the scope `account:manage`.
		 */
		get: operations["erasure_preview"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/accounts/me/export": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Get everything that is kept of you and your parties
		 * @description Needs the scope `account:manage`.
		 */
		get: operations["erasure_export"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/api-keys": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List one’s own API keys
		 * @description Needs the scope `account:manage`.
		 */
		get: operations["apiKeys_list"];
		put?: never;
		/**
		 * Create an API key; its secret is shown once
		 * @description Needs the scope `account:manage`.
		 */
		post: operations["apiKeys_create"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/api-keys/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * Revoke one of one’s own API keys
		 * @description Needs the scope `account:manage`.
		 */
		delete: operations["apiKeys_revoke"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/catalogues": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the catalogues of a party of yours
		 * @description Needs the scope `works:write`.
		 */
		get: operations["catalogues_list"];
		put?: never;
		/**
		 * Create a catalogue: a named set of works that one wish can cover
		 * @description Needs the scope `works:write`.
		 */
		post: operations["catalogues_create"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/catalogues/{catalogue}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Read a catalogue of yours
		 * @description Needs the scope `works:write`.
		 */
		get: operations["catalogues_read"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/catalogues/{catalogue}/works": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the works of a catalogue of yours
		 * @description Needs the scope `works:write`.
		 */
		get: operations["catalogues_listWorks"];
		put?: never;
		/**
		 * Put works into a catalogue
		 * @description Needs the scope `works:write`.
		 */
		post: operations["catalogues_addWorks"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/catalogues/{catalogue}/works/{work}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * Take a work out of a catalogue; past answers keep it
		 * @description Needs the scope `works:write`.
		 */
		delete: operations["catalogues_removeWork"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/changes": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * What changed since a log size, and for which works
		 * @description Leaves in the order of the log, up to the last published checkpoint, each with the works whose answers it may have changed. With `wait` the answer waits for a change; with Accept: text/event-stream changes are sent as they are published. See docs/guides/bulk.md.
		 */
		get: operations["changes_read"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/claims": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the claims of a party of yours
		 * @description Needs the scope `claims:write`.
		 */
		get: operations["claims_list"];
		put?: never;
		/**
		 * Claim a layer of a work
		 * @description Needs the scope `claims:write`.
		 */
		post: operations["claims_make"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/claims/{claim}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Read a claim */
		get: operations["claims_read"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/claims/{claim}/withdraw": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Withdraw a claim for good; past answers keep it
		 * @description Needs the scope `claims:write`.
		 */
		post: operations["claims_withdraw"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/declarations": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** List what a party has declared, oldest first */
		get: operations["consent_list"];
		put?: never;
		/**
		 * Say what may be done with a work, a release, a catalogue or everything
		 * @description Needs the scope `consent:declare`.
		 */
		post: operations["consent_declare"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/declarations/preview": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/** What will a machine conclude? Tries a wish without storing it */
		post: operations["consent_preview"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/declarations/signing-options": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * What your passkey signs so that this declaration is signed; send it with the same body
		 * @description Needs the scope `consent:declare`.
		 */
		post: operations["consent_declaringOptions"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/declarations/{declaration}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Read a declaration */
		get: operations["consent_read"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/declarations/{declaration}/authorisation": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Everything to check by oneself that a declaration was signed */
		get: operations["consent_authorisation"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/declarations/{declaration}/withdrawal": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Withdraw a declaration; its subject falls silent until you declare again
		 * @description Needs the scope `consent:declare`.
		 */
		post: operations["consent_withdraw"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/declarations/{declaration}/withdrawal/signing-options": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * What your passkey signs so that this withdrawal is signed
		 * @description Needs the scope `consent:declare`.
		 */
		post: operations["consent_withdrawingOptions"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/disputes": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Dispute verified claims that yours excludes
		 * @description Needs the scope `claims:write`.
		 */
		post: operations["disputes_open"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/disputes/{dispute}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Read a dispute */
		get: operations["disputes_read"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/disputes/{dispute}/withdraw": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Take back a dispute that a party of yours opened
		 * @description Needs the scope `claims:write`.
		 */
		post: operations["disputes_withdraw"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/holdings": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List your holdings
		 * @description Needs the scope `lookup:read`.
		 */
		get: operations["holdings_list"];
		put?: never;
		/**
		 * Have identifiers that you hold watched for changes of their answers
		 * @description A list of up to 10,000, or all that a finished lookup job asked about.
		 *
		 *     Needs the scope `lookup:read`.
		 */
		post: operations["holdings_create"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/holdings/{holding}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Read a holding and how far its webhook was told
		 * @description Needs the scope `lookup:read`.
		 */
		get: operations["holdings_read"];
		put?: never;
		post?: never;
		/**
		 * Delete a holding: nobody is told of it any more
		 * @description Needs the scope `lookup:read`.
		 */
		delete: operations["holdings_delete"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/holdings/{holding}/changes": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Which of what you hold may have another answer since a log size
		 * @description A page may be empty and still have a nextCursor: go on until it is null.
		 *
		 *     Needs the scope `lookup:read`.
		 */
		get: operations["holdings_changes"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/holdings/{holding}/resume": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Go on telling the webhook where that was given up, or try again now
		 * @description Needs the scope `lookup:read`.
		 */
		post: operations["holdings_resume"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/imports": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the imports of a party of yours, oldest first
		 * @description Needs the scope `imports:write`.
		 */
		get: operations["imports_list"];
		put?: never;
		/**
		 * Import a catalogue file: all good rows are in, each bad row is explained
		 * @description The body is the file, up to 64 MiB. The same file imported again changes nothing. With Accept: application/x-ndjson the answer is a stream of {"progress"} lines that ends in one {"report"} or {"problem"}.
		 *
		 *     Needs the scope `imports:write`.
		 */
		post: operations["imports_importFile"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/imports/{import}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Read what an import did
		 * @description Needs the scope `imports:write`.
		 */
		get: operations["imports_read"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/imports/{import}/rows": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Read what became of each row; with Accept: text/csv all of them as a table
		 * @description Needs the scope `imports:write`.
		 */
		get: operations["imports_rows"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/licences": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the licences that a party of yours granted
		 * @description Needs the scope `licences:grant`.
		 */
		get: operations["licensing_list"];
		put?: never;
		/**
		 * Grant one inquirer a licence for layers that you hold alone
		 * @description Needs the scope `licences:grant`.
		 */
		post: operations["licensing_grant"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/licences/{licence}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Read a licence that a party of yours gave or got
		 * @description Needs the scope `lookup:read`.
		 */
		get: operations["licensing_read"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/licences/{licence}/revoke": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * End a licence now
		 * @description Needs the scope `licences:grant`.
		 */
		post: operations["licensing_revoke"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/log/leaves/{index}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Read a leaf, and whether a signed checkpoint covers it */
		get: operations["log_leaf"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/log/leaves/{index}/proof": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Download the proof of a leaf as a file to check offline */
		get: operations["log_proofFile"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/log/proof/consistency": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Prove that one published tree continues another (RFC 6962 §2.1.2) */
		get: operations["log_consistency"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/log/proof/inclusion": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Prove that a leaf is in a published tree (RFC 6962 §2.1.1) */
		get: operations["log_inclusion"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/lookup-jobs": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List your lookup jobs, newest first
		 * @description Needs the scope `lookup:read`.
		 */
		get: operations["lookupJobs_list"];
		put?: never;
		/**
		 * Upload a file of identifiers to be answered while you are away
		 * @description The file is written and asked about as for a streamed lookup. Each chunk of up to 10,000 rows is answered at one moment. See docs/guides/bulk.md.
		 *
		 *     Needs the scope `lookup:read`.
		 */
		post: operations["lookupJobs_create"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/lookup-jobs/{job}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Read how far a lookup job is; 202 until it has ended
		 * @description Needs the scope `lookup:read`.
		 */
		get: operations["lookupJobs_read"];
		put?: never;
		post?: never;
		/**
		 * Delete a lookup job with its file and its result, finished or not
		 * @description Needs the scope `lookup:read`.
		 */
		delete: operations["lookupJobs_delete"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/lookup-jobs/{job}/result": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Download the result of a lookup job, or go on where a download broke off
		 * @description Takes Range with one range of bytes, If-Range and If-None-Match.
		 *
		 *     Needs the scope `lookup:read`.
		 */
		get: operations["lookupJobs_result"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/lookup/{scheme}/{value}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Ask what may be done with one work, by an identifier of it */
		get: operations["lookup_one"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/lookups": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Ask about up to 10,000 identifiers at one moment
		 * @description Send JSON, or one item a line as application/x-ndjson with everything else in the query as for a single lookup. Lines are answered by lines, with a line {"summary": …} at the end; JSON is too where Accept names application/x-ndjson.
		 */
		post: operations["lookup_many"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/lookups/stream": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Ask about any number of identifiers, streamed both ways
		 * @description Send one item a line, or a table whose first line names its columns; everything else stands in the query as for a single lookup. Rows are answered in their order, in chunks of up to 10,000, each at one moment. An answer without its last line (`{"end": …}`, or a row whose `fermata_result` is `end`) is not whole. See docs/guides/bulk.md.
		 */
		post: operations["lookupStream_stream"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/mandates": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Propose that a party of yours may act in the name of another party
		 * @description Needs the scope `parties:write`.
		 */
		post: operations["mandates_propose"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/mandates/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Show a mandate, with all that it allows in plain words
		 * @description Needs the scope `parties:write`.
		 */
		get: operations["mandates_get"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/mandates/{id}/confirm": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Confirm, as the principal, that the other party may act in your name
		 * @description Needs the scope `parties:write`.
		 */
		post: operations["mandates_confirm"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/mandates/{id}/decline": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Decline, as the principal, a mandate that was proposed to you
		 * @description Needs the scope `parties:write`.
		 */
		post: operations["mandates_decline"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/mandates/{id}/revoke": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Revoke a mandate, from either side, with effect from now
		 * @description Needs the scope `parties:write`.
		 */
		post: operations["mandates_revoke"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/operator/claims/{claim}/verification": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Decide a claim’s verification level on evidence
		 * @description Needs the scope `operator:decide`.
		 */
		post: operations["claims_decide"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/operator/disputes/{dispute}/resolution": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Decide a dispute; claims are decided before it, by themselves
		 * @description Needs the scope `operator:decide`.
		 */
		post: operations["disputes_resolve"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/operator/erasures": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Erase a party that asked by letter, with the accounts only it has
		 * @description Needs the scope `operator:decide`.
		 */
		post: operations["operatorErasures_erase"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/operator/keys": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the registry’s keys, ended ones too
		 * @description Needs the scope `operator:decide`.
		 */
		get: operations["operatorKeys_list"];
		put?: never;
		/**
		 * Publish a new key of the registry that signs nothing yet
		 * @description Needs the scope `operator:decide`.
		 */
		post: operations["operatorKeys_add"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/operator/keys/{kid}/state": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Let a key of the registry begin to sign, or end it
		 * @description Needs the scope `operator:decide`.
		 */
		post: operations["operatorKeys_step"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/operator/parties/{id}/passkeys/recovery": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * For a party that lost its passkeys: revoke them all and ask for none any more
		 * @description Needs the scope `operator:decide`.
		 */
		post: operations["operatorPasskeys_recover"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/operator/parties/{id}/verifications": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Record what evidence you saw of who a party is, and its level
		 * @description Needs the scope `operator:decide`.
		 */
		post: operations["operatorVerifications_decide"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/operator/snapshots": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the published snapshots, and why the last was not made
		 * @description Needs the scope `operator:decide`.
		 */
		get: operations["operatorSnapshots_list"];
		put?: never;
		/**
		 * Have a snapshot made now
		 * @description Needs the scope `operator:decide`.
		 */
		post: operations["operatorSnapshots_make"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/operator/verifications/{id}/revoke": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * End a verification of any kind that no longer holds
		 * @description Needs the scope `operator:decide`.
		 */
		post: operations["operatorVerifications_revoke"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/parties": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the parties of which you are a member
		 * @description Needs the scope `parties:write`.
		 */
		get: operations["parties_listOwn"];
		put?: never;
		/**
		 * Register a person, group or organisation; you become its member
		 * @description Needs the scope `parties:write`.
		 */
		post: operations["parties_register"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/parties/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Show what is publicly known about a party and how well it is proven */
		get: operations["parties_get"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		/**
		 * Change the name or the country of a party of yours
		 * @description Needs the scope `parties:write`.
		 */
		patch: operations["parties_change"];
		trace?: never;
	};
	"/v1/parties/{id}/feed": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Every leaf that concerns a party of yours, in plain words, newest last
		 * @description Needs the scope `parties:write`.
		 */
		get: operations["feed_read"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/parties/{id}/feed/read-mark": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		/**
		 * Mark the feed as read up to a leaf; the mark only moves on
		 * @description Needs the scope `parties:write`.
		 */
		put: operations["feed_markRead"];
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/parties/{id}/identifiers": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Add an ISNI, ORCID, IPI or the like to a party of yours
		 * @description Needs the scope `parties:write`.
		 */
		post: operations["parties_addIdentifier"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/parties/{id}/identifiers/{scheme}/{value}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * Remove an identifier from a party of yours
		 * @description Needs the scope `parties:write`.
		 */
		delete: operations["parties_removeIdentifier"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/parties/{id}/mandates": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the mandates that a party of yours has given or holds
		 * @description Needs the scope `parties:write`.
		 */
		get: operations["mandates_listOf"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/parties/{id}/notice-settings": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Whether you get mail about a party of yours
		 * @description Needs the scope `parties:write`.
		 */
		get: operations["feed_settings"];
		/**
		 * Get mail about a party of yours at once, once a day, or not at all
		 * @description Needs the scope `parties:write`.
		 */
		put: operations["feed_choose"];
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/parties/{id}/passkey-policy": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Whether only signed declarations widen what a party of yours allows
		 * @description Needs the scope `parties:write`.
		 */
		get: operations["passkeys_policy"];
		/**
		 * From now on ask for a signature to widen, or, signed, no longer
		 * @description Needs the scope `parties:write`.
		 */
		put: operations["passkeys_changePolicy"];
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/parties/{id}/passkeys": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the passkeys of a party of yours, revoked ones too
		 * @description Needs the scope `parties:write`.
		 */
		get: operations["passkeys_list"];
		put?: never;
		/**
		 * Bind the passkey that your browser made, to sign declarations with it
		 * @description Needs the scope `parties:write`.
		 */
		post: operations["passkeys_bind"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/parties/{id}/passkeys/options": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Begin to bind a passkey: what your browser needs to make one
		 * @description Needs the scope `parties:write`.
		 */
		post: operations["passkeys_begin"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/parties/{id}/passkeys/signing-options": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * What a passkey signs to let another be bound, or to loosen the policy
		 * @description Needs the scope `parties:write`.
		 */
		post: operations["passkeys_signingOptions"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/parties/{id}/passkeys/{passkey}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * Revoke a passkey; what it signed before stays signed
		 * @description Needs the scope `parties:write`.
		 */
		delete: operations["passkeys_revoke"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/parties/{id}/verifications": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the verifications of a party of yours, in every state
		 * @description Needs the scope `parties:write`.
		 */
		get: operations["verifications_listOf"];
		put?: never;
		/**
		 * Start proving that a party of yours controls a domain
		 * @description Needs the scope `parties:write`.
		 */
		post: operations["verifications_start"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/parties/{id}/webhooks": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the webhooks of a party of yours and how they are doing
		 * @description Needs the scope `parties:write`.
		 */
		get: operations["webhooks_list"];
		put?: never;
		/**
		 * Have a server of yours told of every leaf that concerns the party
		 * @description Needs the scope `parties:write`.
		 */
		post: operations["webhooks_create"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/parties/{id}/webhooks/{webhook}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * Delete a webhook
		 * @description Needs the scope `parties:write`.
		 */
		delete: operations["webhooks_delete"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/parties/{id}/webhooks/{webhook}/attempts": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * The last hundred deliveries and tries of a webhook, newest first
		 * @description Needs the scope `parties:write`.
		 */
		get: operations["webhooks_attempts"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/parties/{id}/webhooks/{webhook}/ping": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Send a test event now and say what became of it; 20 times an hour
		 * @description Needs the scope `parties:write`.
		 */
		post: operations["webhooks_ping"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/parties/{id}/webhooks/{webhook}/resume": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Go on delivering where a webhook was paused, or try again now
		 * @description Needs the scope `parties:write`.
		 */
		post: operations["webhooks_resume"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/parties/{id}/webhooks/{webhook}/secret": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Give a webhook a new secret; for a day the old one signs as well
		 * @description Needs the scope `parties:write`.
		 */
		post: operations["webhooks_rotate"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/ranges": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * How many bits of a digest a private lookup may name at present
		 * @description As many as leave some hundred identifiers in a range: see docs/specs/range.md.
		 */
		get: operations["ranges_size"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/ranges/{bits}/{prefix}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Ask about one work without telling which
		 * @description Answers for every identifier whose SHA-256 digest of `scheme:value` begins with these bits. Counts as 256 identifiers. Nothing about who asks may be stated, and no past moment.
		 */
		get: operations["ranges_range"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/sessions": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List one’s own sessions
		 * @description Needs the scope `account:manage`.
		 */
		get: operations["sessions_list"];
		put?: never;
		/** Sign in: open a session, as a token and as a cookie */
		post: operations["sessions_signIn"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/sessions/current": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * Sign out: end the session of this request
		 * @description Needs the scope `account:manage`.
		 */
		delete: operations["sessions_signOut"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/sessions/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * End one of one’s own sessions
		 * @description Needs the scope `account:manage`.
		 */
		delete: operations["sessions_revoke"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/songs": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * “I wrote and recorded this”: recording, composition and both claims in one call
		 * @description Needs the scope `works:write`.
		 */
		post: operations["claims_registerSong"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/templates": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** The common wishes in plain words, and the terms they stand for */
		get: operations["consent_templates"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/verifications/{id}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * Show a verification of a party of yours, with what to publish
		 * @description Needs the scope `parties:write`.
		 */
		get: operations["verifications_get"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/verifications/{id}/check": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Look at the domain now and say what was found; 10 times an hour
		 * @description Needs the scope `parties:write`.
		 */
		post: operations["verifications_check"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/vocabulary": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** The purposes and layers, and what silence means for each purpose */
		get: operations["consent_vocabulary"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/works": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the works that a party of yours registered
		 * @description Needs the scope `works:write`.
		 */
		get: operations["works_list"];
		put?: never;
		/**
		 * Register a work with its identifiers, contributors and links
		 * @description Needs the scope `works:write`.
		 */
		post: operations["works_register"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/works/{work}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** Read a work */
		get: operations["works_read"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		/**
		 * Change the title, language or contributors of a work
		 * @description Needs the scope `works:write`.
		 */
		patch: operations["works_describe"];
		trace?: never;
	};
	"/v1/works/{work}/claims": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** List the claims on a work */
		get: operations["claims_listOfWork"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/works/{work}/custodies": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Say that your archive holds a copy of the work
		 * @description Needs the scope `preservation:declare`.
		 */
		post: operations["preservation_hold"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/works/{work}/custodies/{party}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * Say that your archive holds it no more
		 * @description Needs the scope `preservation:declare`.
		 */
		delete: operations["preservation_release"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/works/{work}/disputes": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** List the disputes over a work, open and ended */
		get: operations["disputes_listOfWork"];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/works/{work}/identifiers": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Add an identifier to a work
		 * @description Needs the scope `works:write`.
		 */
		post: operations["works_addIdentifier"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/works/{work}/identifiers/{scheme}/{value}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * Take an identifier off a work; past answers keep it
		 * @description Needs the scope `works:write`.
		 */
		delete: operations["works_removeIdentifier"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/works/{work}/links": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Link a work to another
		 * @description Needs the scope `works:write`.
		 */
		post: operations["works_addLink"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/works/{work}/links/{kind}/{other}": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * Take a link away; past answers keep it
		 * @description Needs the scope `works:write`.
		 */
		delete: operations["works_removeLink"];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/works/{work}/triggers": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/** What archives declared about the state of a work, newest first */
		get: operations["preservation_list"];
		put?: never;
		/**
		 * Declare a state of a work that your archive holds
		 * @description Needs the scope `preservation:declare`.
		 */
		post: operations["preservation_declare"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/works/{work}/triggers/dissent": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Deny a state that other archives declared
		 * @description Needs the scope `preservation:declare`.
		 */
		post: operations["preservation_dissent"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	"/v1/works/{work}/triggers/objection": {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Object as a rights holder, before the trigger is in effect
		 * @description Needs the scope `claims:write`.
		 */
		post: operations["preservation_object"];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
}
export type webhooks = Record<string, never>;
export interface components {
	schemas: {
		AccountResponse: {
			/**
			 * @example [
			 *       "artist"
			 *     ]
			 */
			roles: ("artist" | "representative" | "archive" | "dataset_builder" | "auditor" | "operator")[];
			/**
			 * @description What the credential of this request may do: a session all that the roles allow, an API key
			 *     what it was created with.
			 * @example [
			 *       "lookup:read"
			 *     ]
			 */
			scopes: ("account:manage" | "parties:write" | "works:write" | "claims:write" | "consent:declare" | "imports:write" | "licences:grant" | "preservation:declare" | "lookup:read" | "operator:decide")[];
			/** @example acc_01k9zj5v9ve8sr2m0g7c4h1xqd */
			id: string;
			/**
			 * @description As typed at sign-up; null for an API key without the scope account:manage.
			 * @example mara@example.org
			 */
			email: string | null;
			/** @example Mara Lind */
			displayName: string;
			/** @example 2026-11-22T10:15:00.000Z */
			createdAt: string;
		};
		AddRegistryKeyRequest: {
			/**
			 * @description What it will sign.
			 * @enum {string}
			 */
			use: "log" | "receipt";
		};
		ApiKeyPageResponse: {
			items: components["schemas"]["ApiKeyResponse"][];
			/** @description Send it as `cursor` to get the next page; null on the last. */
			nextCursor: string | null;
		};
		ApiKeyResponse: {
			/**
			 * @example [
			 *       "lookup:read"
			 *     ]
			 */
			scopes: ("account:manage" | "parties:write" | "works:write" | "claims:write" | "consent:declare" | "imports:write" | "licences:grant" | "preservation:declare" | "lookup:read" | "operator:decide")[];
			/** @example key_01k9zj5v9ve8sr2m0g7c4h1xqd */
			id: string;
			/** @example nightly crawl, machine 3 */
			name: string;
			/**
			 * @description The end of the secret.
			 * @example dzPh
			 */
			lastFour: string;
			/** @example 2026-11-22T10:15:00.000Z */
			createdAt: string;
			/** @example 2031-01-01T00:00:00.000Z */
			expiresAt: string | null;
			/**
			 * @description To the minute; null if it never was.
			 * @example 2026-11-22T10:20:00.000Z
			 */
			lastUsedAt: string | null;
		};
		AttemptResponse: {
			/** @description The event, the same in all its tries. */
			event: string;
			at: string;
			status: number | null;
			/** @description Why it failed; null for a success. */
			failure: string | null;
			durationMs: number;
		};
		AttemptsResponse: {
			/** @description The last hundred, newest first. */
			attempts: components["schemas"]["AttemptResponse"][];
		};
		AuthorisationResponse: {
			/** @description The passkey, whose stream in the log says who bound it and whether it was revoked. */
			passkey: string;
			/** @description The leaf that bound the passkey to the party. */
			keyLogIndex: number;
			/** @description The leaf of the declaration. */
			logIndex: number;
			/** @description What was signed, as canonical JSON. */
			statement: string;
			/** @description The rest is base64url. */
			nonce: string;
			/** @description COSE, as WebAuthn gives it. */
			publicKey: string;
			/** @description Opens the commitment to the public key. */
			salt: string;
			authenticatorData: string;
			clientDataJSON: string;
			signature: string;
			/** @description The site where it was signed. */
			origin: string;
			rpId: string;
		};
		BindPasskeyRequest: {
			/**
			 * @description What you call it.
			 * @example my telephone
			 */
			label: string;
			/** @description What `navigator.credentials.create` gave, in its JSON form. */
			credential: {
				[key: string]: unknown;
			};
		};
		BindingOptionsResponse: {
			/** @description For `navigator.credentials.create`, in its JSON form; binary members are base64url. */
			publicKey: Record<string, never>;
		};
		CatalogueChangeResponse: {
			/** @description Works that are in the catalogue now and were not before. */
			added: number;
		};
		CataloguePageResponse: {
			items: components["schemas"]["CatalogueResponse"][];
			nextCursor: string | null;
		};
		CatalogueResponse: {
			/** @example cat_01kaq9x3n6fq2s7v4c8b5d0e1g */
			id: string;
			party: string;
			name: string;
			createdAt: string;
		};
		CatalogueWorksRequest: {
			/** @description Works to put into the catalogue. */
			works: string[];
		};
		ChangePartyRequest: {
			/**
			 * @description The new name; leave it out to keep the old one.
			 * @example Ada Lind & The Rain
			 */
			displayName?: string;
			/**
			 * @description The new country; null clears it.
			 * @example NO
			 */
			country?: string | null;
		};
		ChangePasswordRequest: {
			/**
			 * @description The password in use.
			 * @example tin roof, cold tea, loud harbour
			 */
			currentPassword: string;
			/**
			 * @description The one to use from now on: 15 to 256 characters of any kind.
			 * @example seven herons on a rusty crane
			 */
			newPassword: string;
		};
		ChangeResponse: {
			/** @description Position of the leaf in the log, from 0. */
			index: number;
			/** @example declaration */
			type: string;
			time: string;
			subject: components["schemas"]["ChangeSubjectResponse"];
			/** @description The works whose answers may have changed by it. */
			works: components["schemas"]["ChangedWorkResponse"][];
			/** @description Other rules hold: any answer may have changed. */
			everything?: boolean;
			/** @description More works follow under the same index on the next page. */
			more?: boolean;
		};
		ChangeSubjectResponse: {
			/** @description What the leaf is about: a work, release, catalogue or party, or what its type names. */
			kind: string;
			id: string;
		};
		ChangedIdentifierResponse: {
			/** @example isrc */
			scheme: string;
			/** @example USUG11904206 */
			value: string;
		};
		ChangedWorkResponse: {
			workId: string;
			/** @description Those that lead to it now, and those that did when it changed. An erased work has none. */
			identifiers: components["schemas"]["ChangedIdentifierResponse"][];
		};
		ChangesResponse: {
			/** @description In the order of the log. */
			items: components["schemas"]["ChangeResponse"][];
			/** @description Log size up to which everything is told with this page: the next `since`. */
			upTo: number;
			/** @description Log size of the last published checkpoint; nothing beyond it is told. */
			logSize: number;
			/** @description Where to go on; null where nothing more is there yet. */
			nextCursor: string | null;
		};
		CheckpointResponse: {
			/** @description How many leaves it covers. */
			size: number;
			/** @description Root of the tree over them, base64. */
			root: string;
		};
		ClaimPageResponse: {
			items: components["schemas"]["ClaimResponse"][];
			nextCursor: string | null;
		};
		ClaimResponse: {
			/** @example clm_01kaq9x3n6fq2s7v4c8b5d0e1g */
			id: string;
			/** @description Counts the changes of this claim. */
			version: number;
			work: string;
			party: string;
			/** @description Name of the party. */
			holder: string;
			/** @enum {string} */
			layer: "recording" | "composition" | "artwork" | "text" | "image" | "video" | "performance";
			/** @enum {string} */
			role: "label" | "publisher" | "owner" | "author" | "composer" | "lyricist" | "arranger" | "performer" | "producer" | "licensee" | "collecting_society" | "assignee" | "heir" | "visual_artist" | "photographer" | "director";
			/** @description Share of the layer in parts per million. */
			sharePpm: number;
			/** @description Where the claim holds; null is the whole world. */
			territory: Record<string, never> | null;
			exclusive: boolean;
			/**
			 * @description Verification level 0 to 4; from 2 on the claim is verified.
			 * @enum {number}
			 */
			level: 0 | 1 | 3 | 4 | 2;
			/**
			 * @description What the level rests on.
			 * @enum {string}
			 */
			method: "operator" | "party" | "mandate";
			/** @enum {string} */
			state: "active" | "disputed" | "withdrawn";
			mandate: string | null;
			/** @description When the claim was made, UTC. An unverified claim lapses 90 days later. */
			madeAt: string;
			/** @description When this version was recorded, UTC. */
			recordedAt: string;
		};
		ConsistencyProofResponse: {
			from: number;
			to: number;
			/** @description Base64, in the order of RFC 6962 §2.1.2. */
			hashes: string[];
		};
		ContributorRequest: {
			/** @description Name as it should be shown. */
			name: string;
			/**
			 * @description What this person did: performer, songwriter, producer, author …
			 * @example songwriter
			 */
			role: string;
			/** @description The party, where it is registered here. */
			party?: string;
		};
		ContributorResponse: {
			name: string;
			role: string;
			party: string | null;
		};
		CreateApiKeyRequest: {
			/**
			 * @description What the key is for; you tell your keys apart by it.
			 * @example nightly crawl, machine 3
			 */
			name: string;
			/**
			 * @description What the key may do: some of your account's scopes, as few as will do.
			 * @example [
			 *       "lookup:read"
			 *     ]
			 */
			scopes: ("account:manage" | "parties:write" | "works:write" | "claims:write" | "consent:declare" | "imports:write" | "licences:grant" | "preservation:declare" | "lookup:read" | "operator:decide")[];
			/**
			 * @description When the key stops working, as an instant with its offset; never, if unsaid.
			 * @example 2031-01-01T00:00:00Z
			 */
			expiresAt?: string | null;
		};
		CreateCatalogueRequest: {
			/** @description The party that keeps the catalogue. */
			party: string;
			/** @description A name for it, unique within the party. */
			name: string;
		};
		CreateHoldingRequest: {
			identifiers?: components["schemas"]["HeldIdentifierRequest"][];
			/**
			 * @description A finished lookup job of yours, in place of `identifiers`.
			 * @example ljb_01kaq9x3n6fq2s7v4c8b5d0e1g
			 */
			job?: string;
			/**
			 * @description A webhook of a party of yours that is told of changes. Without one, ask for them yourself.
			 * @example whk_01kaq9x3n6fq2s7v4c8b5d0e1g
			 */
			webhook?: string;
			/** @description Log size that you know the answers at; for a job that of its first chunk, else now, if unsaid. */
			since?: number;
		};
		CreateWebhookRequest: {
			/**
			 * @description Where to send events, over https on port 443.
			 * @example https://label.example/fermata
			 */
			url: string;
		};
		CreatedApiKeyResponse: {
			/**
			 * @example [
			 *       "lookup:read"
			 *     ]
			 */
			scopes: ("account:manage" | "parties:write" | "works:write" | "claims:write" | "consent:declare" | "imports:write" | "licences:grant" | "preservation:declare" | "lookup:read" | "operator:decide")[];
			/**
			 * @description The key itself, shown in this answer only. Null where the answer is repeated for an
			 *     Idempotency-Key: the secret is not kept. If it was lost, revoke the key and create another.
			 * @example fmt_live_0123456789ABCDEFGHIJKLMNOPQRST3vGxAs
			 */
			secret: string | null;
			/** @example key_01k9zj5v9ve8sr2m0g7c4h1xqd */
			id: string;
			/** @example nightly crawl, machine 3 */
			name: string;
			/**
			 * @description The end of the secret.
			 * @example dzPh
			 */
			lastFour: string;
			/** @example 2026-11-22T10:15:00.000Z */
			createdAt: string;
			/** @example 2031-01-01T00:00:00.000Z */
			expiresAt: string | null;
			/**
			 * @description To the minute; null if it never was.
			 * @example 2026-11-22T10:20:00.000Z
			 */
			lastUsedAt: string | null;
		};
		CustodyRequest: {
			/** @description The archive: a party of yours of kind archive, proven to an operator. */
			party: string;
		};
		DecideClaimRequest: {
			/**
			 * @description Verification level from 0 (asserted) to 4 (legally proven); 2 or more counts as verified.
			 * @example 3
			 * @enum {number}
			 */
			level: 0 | 1 | 2 | 3 | 4;
			/** @description What was seen, and where it is kept. */
			evidence: string;
		};
		DecideVerificationRequest: {
			/**
			 * @description 0 asserted, 1 an account elsewhere, 2 a published identity, 3 corroborated, 4 legal.
			 * @example 3
			 * @enum {number}
			 */
			level: 0 | 1 | 2 | 3 | 4;
			/**
			 * @description What you saw, so that another operator can follow it. Not shown to the public.
			 * @example ISNI record 0000 0001 2281 955X names adalind.example, seen on 2026-11-22
			 */
			evidence: string;
			/**
			 * @description Why it is good for this level. Not shown to the public.
			 * @example Two independent sources name the same domain
			 */
			reason: string;
		};
		DecidedVerificationResponse: {
			/** @example ver_01k9zj5v9ve8sr2m0g7c4h1xqd */
			id: string;
			/**
			 * @description The party whose identity it proves.
			 * @example pty_01k9zj5v9ve8sr2m0g7c4h1xqd
			 */
			party: string;
			/**
			 * @example dns
			 * @enum {string}
			 */
			method: "operator" | "dns" | "well_known";
			/** @example adalind.example */
			domain: string | null;
			/**
			 * @description The level it gives while it is `verified`.
			 * @example 2
			 * @enum {number}
			 */
			level: 0 | 1 | 3 | 4 | 2;
			/**
			 * @example pending
			 * @enum {string}
			 */
			state: "pending" | "revoked" | "expired" | "verified";
			/** @description Null where there is nothing to publish, or no more. */
			instructions: components["schemas"]["VerificationInstructionsResponse"] | null;
			/** @description What the last check found; null before the first. */
			lastCheck: components["schemas"]["VerificationCheckResponse"] | null;
			/** @example 2026-11-22T10:00:00.000Z */
			createdAt: string;
			/**
			 * @description When a pending one closes.
			 * @example 2026-12-22T10:00:00.000Z
			 */
			expiresAt: string | null;
			verifiedAt: string | null;
			revokedAt: string | null;
			/** @example ISNI record 0000 0001 2281 955X names adalind.example */
			evidence: string | null;
			/** @example Two independent sources name the same domain */
			reason: string | null;
			revocationReason: string | null;
		};
		DeciderResponse: {
			/**
			 * @description `passkey`: the party signed it with a key of its own; absent: the registry alone vouches.
			 * @enum {string}
			 */
			auth?: "passkey";
			/** @enum {string} */
			layer: "recording" | "performance" | "composition" | "artwork" | "text" | "image" | "video";
			workId?: string;
			/** @example dec_01kaq3v8w6x9y2z4a5b7c8d9ef */
			declarationId: string;
			/** @description Its position in the transparency log, from 0. */
			logIndex?: number;
			/** @description The declaring party. */
			party: string;
			/** @description The declarant's verification level on this layer, 0 to 4; 2 and more is verified. */
			level: number;
			unverified?: boolean;
		};
		DeclarationPageResponse: {
			items: components["schemas"]["DeclarationResponse"][];
			nextCursor: string | null;
		};
		DeclarationResponse: {
			/** @example dec_01kaq9x3n6fq2s7v4c8b5d0e1g */
			id: string;
			party: string;
			/** @enum {string} */
			layer: "recording" | "composition" | "artwork" | "text" | "image" | "video" | "performance";
			subject: components["schemas"]["SubjectResponse"];
			/** @description Counts the declarations of this party on this subject and layer. */
			version: number;
			/** @description Whether no newer one has taken its place. */
			current: boolean;
			/** @description Terms in canonical order; none in a withdrawal. */
			terms: Record<string, never>[];
			/** @description Whether its words were erased with the party; it counts as a refusal of everything. */
			erased: boolean;
			territory: Record<string, never> | null;
			preservationTerms: Record<string, never> | null;
			afterWithdrawal: Record<string, never> | null;
			/** @description The template that was used, where one was. */
			template: string | null;
			/** @description The declaration that this one takes back, where it is a withdrawal. */
			withdraws: string | null;
			effectiveFrom: string | null;
			effectiveUntil: string | null;
			/** @description When the registry recorded it, UTC; it never takes effect before. */
			recordedAt: string;
			/** @description Its place in the public log. */
			logIndex: number;
			/**
			 * @description `passkey`: signed with the party's own key, see its authorisation; else the registry vouches.
			 * @enum {string}
			 */
			authorisedBy: "registry" | "passkey";
		};
		DeclarationsResponse: {
			/** @description One for each layer, and for each composition where a recording embodies several. */
			declarations: components["schemas"]["DeclarationResponse"][];
		};
		DeclareRequest: {
			/** @description The party that declares. */
			party: string;
			/** @description What the declaration covers. */
			subject: components["schemas"]["SubjectRequest"];
			/**
			 * @description The layers it is about. Left out: for a work those that the party claims, otherwise all.
			 * @example [
			 *       "recording",
			 *       "composition"
			 *     ]
			 */
			layers?: ("recording" | "performance" | "composition" | "artwork" | "text" | "image" | "video")[];
			/** @description From when on; never before it is recorded. UTC. */
			effectiveFrom?: string;
			/** @description Until when; then it falls silent. UTC. */
			effectiveUntil?: string;
			/**
			 * @description The declaration that this one builds on, of one of its layers: refused if anything was declared on
			 *     them since.
			 */
			replaces?: string;
			/** @description Signed: what the passkey answered to POST /v1/declarations/signing-options. */
			assertion?: {
				[key: string]: unknown;
			};
			/** @description Signed: the nonce that came with the signing options. */
			nonce?: string;
			/**
			 * @description A common wish by name; GET /v1/templates lists them.
			 * @example preserve_never_train
			 */
			template?: string;
			/** @description The template's parameters, such as a price. */
			parameters?: {
				[key: string]: unknown;
			};
			/**
			 * @description Terms in full: purpose, decision, conditions and duties.
			 * @example [
			 *       {
			 *         "purpose": "ai.train",
			 *         "decision": "deny"
			 *       }
			 *     ]
			 */
			terms?: Record<string, never>[];
			/**
			 * @description Where the declaration holds; the world when left out.
			 * @example {
			 *       "include": [
			 *         "EU"
			 *       ]
			 *     }
			 */
			territory?: {
				[key: string]: unknown;
			};
			/**
			 * @description How a preserved copy is kept.
			 * @example {
			 *       "accessMode": "dark",
			 *       "retention": "indefinite"
			 *     }
			 */
			preservationTerms?: {
				[key: string]: unknown;
			};
			/**
			 * @description What becomes of copies and models once this is withdrawn.
			 * @example {
			 *       "existingCopies": "keep_dark",
			 *       "trainedModels": "exclude_from_next_version"
			 *     }
			 */
			afterWithdrawal?: {
				[key: string]: unknown;
			};
		};
		DeclareTriggerRequest: {
			/** @description For how many months the state has lasted at least; terms may ask for a minimum. */
			months?: number;
			/** @description The archive, which holds the work. */
			party: string;
			/**
			 * @description The state of the work.
			 * @example delisted_everywhere
			 * @enum {string}
			 */
			kind: "delisted_everywhere" | "label_ceased" | "rightsholder_unreachable" | "platform_failure" | "custodian_failure";
			/**
			 * Format: uri
			 * @description Where the evidence can be read.
			 * @example https://archive.example/evidence/2026-118
			 */
			evidenceUrl?: string;
			/**
			 * @description SHA-256 of the evidence, in hex. It stands in the public log.
			 * @example 06d2a3d5c6a9f5a86c4f0d8f3b5b6f0d6c1c0b7f0a9f6c0e0f7d8a9b6c5d4e3f
			 */
			evidenceDigest: string;
		};
		DescribeWorkRequest: {
			/** @description A new title; left out, the old one stays. */
			title?: string;
			/** @description Language of the words, BCP 47; null clears it. */
			language?: string;
			/** @description Who made it; takes the place of the whole list. */
			contributors?: components["schemas"]["ContributorRequest"][];
		};
		DisputePageResponse: {
			items: components["schemas"]["DisputeResponse"][];
			nextCursor: string | null;
		};
		DisputeResponse: {
			/** @example dsp_01kaq9x3n6fq2s7v4c8b5d0e1g */
			id: string;
			work: string;
			/** @enum {string} */
			layer: "recording" | "composition" | "artwork" | "text" | "image" | "video" | "performance";
			/** @description The claims that are in dispute with each other. */
			claims: string[];
			/** @description Who holds them. */
			parties: string[];
			/** @description The party that opened it; null where the registry found two exclusive claims by itself. */
			openedBy: string | null;
			/** @enum {string} */
			state: "opened" | "resolved";
			/**
			 * @description How it ended: `lapsed` when one side fell away.
			 * @enum {string|null}
			 */
			how: "withdrawn" | "upheld" | "dismissed" | "lapsed" | null;
			/** @description When it was opened, UTC. */
			openedAt: string;
			/** @description When it ended, UTC. */
			resolvedAt: string | null;
		};
		DissentRequest: {
			/** @description The archive, which holds the work. */
			party: string;
			/**
			 * @description The state of the work.
			 * @example delisted_everywhere
			 * @enum {string}
			 */
			kind: "delisted_everywhere" | "label_ceased" | "rightsholder_unreachable" | "platform_failure" | "custodian_failure";
			/**
			 * Format: uri
			 * @description Where the evidence can be read.
			 * @example https://archive.example/evidence/2026-118
			 */
			evidenceUrl?: string;
			/**
			 * @description SHA-256 of the evidence, in hex. It stands in the public log.
			 * @example 06d2a3d5c6a9f5a86c4f0d8f3b5b6f0d6c1c0b7f0a9f6c0e0f7d8a9b6c5d4e3f
			 */
			evidenceDigest: string;
		};
		EraseAccountRequest: {
			/**
			 * @description The password in use, once more: this can't be undone.
			 * @example tin roof, cold tea, loud harbour
			 */
			password: string;
		};
		ErasePartyRequest: {
			/**
			 * @description Who asked; from a closed list, so that no name is kept of whom nothing is to be kept.
			 * @enum {string}
			 */
			reason: "letter" | "heirs" | "authority";
			/** @example pty_01kaq9x3n6fq2s7v4c8b5d0e1g */
			party: string;
		};
		ErasurePreviewResponse: {
			parties: components["schemas"]["PartyErasurePreviewResponse"][];
			/** @description What would be removed, in plain words. */
			goes: string[];
			/** @description What would stay, and why. */
			stays: string[];
		};
		ErasureResponse: {
			/** @example era_01kaq9x3n6fq2s7v4c8b5d0e1g */
			id: string;
			/** @description When, by the log's clock. */
			erasedAt: string;
			/** @description Accounts that were erased; their ids stay and lead to nothing. */
			accounts: string[];
			/** @description Parties that were erased; their ids stay in the log. */
			parties: string[];
			/** @description How many works were withdrawn. */
			worksWithdrawn: number;
		};
		FeedEntryResponse: {
			/** @description The same id as in webhooks: leaf index and party. */
			id: string;
			logIndex: number;
			recordedAt: string;
			/** @description What happened, in plain words. */
			words: string;
			/** @description The leaf's entry, as it stands in the log. */
			leaf: Record<string, never>;
		};
		FeedResponse: {
			/** @description Newest last. */
			items: components["schemas"]["FeedEntryResponse"][];
			/** @description Send it as `after` to go on, now or once there is more. */
			after: number;
			hasMore: boolean;
			/** @description Index of the last leaf that you marked as read, -1 if none. */
			readUpTo: number;
		};
		FieldFault: {
			/** @description JSON pointer into the request (RFC 6901). */
			pointer: string;
			detail: string;
		};
		FoundWorkResponse: {
			/**
			 * @description `identifier` and `hash` are exact, `metadata` was inferred.
			 * @enum {string}
			 */
			how: "identifier" | "hash" | "fingerprint" | "metadata";
			/** @example wrk_01kaq3v8w6x9y2z4a5b7c8d9ef */
			workId: string;
			kind: string;
			/** @description 0 to 1. */
			confidence: number;
		};
		GrantLicenceRequest: {
			/** @description The party that grants. */
			grantor: string;
			/** @description The party that may. */
			grantee: string;
			/** @description The works it is for; a recording or video takes the compositions it embodies along. */
			works: string[];
			/**
			 * @description What they may be used for; a parent covers its children.
			 * @example [
			 *       "ai.train.generative"
			 *     ]
			 */
			purposes: ("preservation" | "preservation.ingest" | "preservation.replicate" | "preservation.migrate" | "preservation.restore" | "preservation.metadata" | "preservation.transfer" | "access" | "access.onsite" | "access.research" | "access.accessible_format" | "access.preview" | "access.stream" | "access.download" | "ai" | "ai.search" | "ai.analyse" | "ai.train" | "ai.train.nongenerative" | "ai.train.generative" | "ai.train.finetune" | "ai.train.likeness" | "ai.evaluate" | "ai.input" | "ai.index" | "dataset.redistribute")[];
			/**
			 * @description The layers that the grantor holds alone and grants.
			 * @example [
			 *       "recording",
			 *       "composition"
			 *     ]
			 */
			layers: ("recording" | "performance" | "composition" | "artwork" | "text" | "image" | "video")[];
			/** @description Where it holds; the world when left out. */
			territory?: components["schemas"]["TerritoryRequest"];
			/** @description From when on, UTC; now when left out, and never before it was granted. */
			validFrom?: string;
			/** @description Until when, UTC; without end when left out. */
			validUntil?: string;
		};
		HealthResponse: Record<string, never>;
		HeldChangeResponse: {
			/** @example isrc */
			scheme: string;
			/** @example USUG11904206 */
			value: string;
			/** @description Of the last leaf that may have changed its answer. */
			index: number;
		};
		HeldIdentifierRequest: {
			/** @example isrc */
			scheme: string;
			/** @example US-UG1-19-04206 */
			value: string;
		};
		HoldingChangesResponse: {
			/** @description What is held and may have another answer now; ask for it anew. */
			changed: components["schemas"]["HeldChangeResponse"][];
			/** @description Other rules hold: everything that is held may have changed. */
			everything?: boolean;
			/** @description Log size that this page begins at. */
			since: number;
			/** @description Log size up to which everything is told with this page: the next `since`. */
			upTo: number;
			/** @description Log size of the last published checkpoint; nothing beyond it is told. */
			logSize: number;
			/** @description Where to go on, also after a page with nothing in it; null where nothing more is there yet. */
			nextCursor: string | null;
		};
		HoldingResponse: {
			/** @example hld_01kaq9x3n6fq2s7v4c8b5d0e1g */
			id: string;
			/** @description How many identifiers are held. */
			identifiers: number;
			/** @description Log size from which on changes count. */
			since: number;
			webhook: string | null;
			/**
			 * @description `paused` after three days without success, or once the receiver said 410; resume to go on.
			 * @enum {string}
			 */
			state: "active" | "paused";
			/** @description Log size up to which the webhook was told. */
			toldUpTo: number;
			/** @description Failures since the last success. */
			failures: number;
			nextTryAt: string | null;
			createdAt: string;
		};
		HoldingsResponse: {
			holdings: components["schemas"]["HoldingResponse"][];
		};
		IdentifierRequest: {
			/**
			 * @description Scheme of the identifier.
			 * @example isrc
			 */
			scheme: string;
			/**
			 * @description The identifier; hyphens, spaces and the usual prefixes are taken.
			 * @example US-UG1-19-04206
			 */
			value: string;
		};
		IdentifierResponse: {
			/** @example isrc */
			scheme: string;
			/**
			 * @description Canonical form.
			 * @example USUG11904206
			 */
			value: string;
			/**
			 * @description The form that people print.
			 * @example US-UG1-19-04206
			 */
			display: string;
			/** @description What was typed when it was registered. */
			typed: string;
		};
		ImportCatalogueResponse: {
			/** @description Null in a dry run. */
			id: string | null;
			name: string;
		};
		ImportColumnResponse: {
			/**
			 * @description The field that the column was read as; null: not used.
			 * @example release-date
			 */
			field: string | null;
			/**
			 * @description Why: its header, its values, or the request said so.
			 * @enum {string|null}
			 */
			by: "header" | "values" | "request" | null;
			column: string;
		};
		ImportCountsResponse: {
			rows: number;
			/** @description Rows that became new works. */
			registered: number;
			/** @description Rows whose work somebody else registered before: a claim was added to it. */
			joined: number;
			/** @description Rows that say nothing new. */
			unchanged: number;
			refused: number;
			/** @description Rows with something worth a look; they are in all the same. */
			warned: number;
		};
		ImportPageResponse: {
			nextCursor: string | null;
			items: components["schemas"]["ImportResponse"][];
		};
		ImportReportResponse: {
			/**
			 * @description Null in a dry run, which stores nothing.
			 * @example imp_01kaq9x3n6fq2s7v4c8b5d0e1g
			 */
			id: string | null;
			fileName: string | null;
			/** @description The catalogue that holds the works, where a template was declared on them. */
			catalogue: components["schemas"]["ImportCatalogueResponse"] | null;
			/** @description Where all rows can be read; null in a dry run. */
			rows: string | null;
			/** @description The first refused rows, each with its faults. */
			refused: components["schemas"]["ImportRowResponse"][];
			/** @description The first rows with warnings. */
			warned: components["schemas"]["ImportRowResponse"][];
			party: string;
			dryRun: boolean;
			/** @description SHA-256 of the file, in hexadecimal. */
			sha256: string;
			/** @example iso-8859-1 */
			encoding: string;
			/** @example , */
			delimiter: string;
			columns: components["schemas"]["ImportColumnResponse"][];
			/** @description What was assumed about the file. */
			notes: string[];
			counts: components["schemas"]["ImportCountsResponse"];
			importedAt: string;
		};
		ImportResponse: {
			/**
			 * @description Null in a dry run, which stores nothing.
			 * @example imp_01kaq9x3n6fq2s7v4c8b5d0e1g
			 */
			id: string | null;
			fileName: string | null;
			/** @description The catalogue that holds the works, where a template was declared on them. */
			catalogue: components["schemas"]["ImportCatalogueResponse"] | null;
			/** @description Where all rows can be read; null in a dry run. */
			rows: string | null;
			party: string;
			dryRun: boolean;
			/** @description SHA-256 of the file, in hexadecimal. */
			sha256: string;
			/** @example iso-8859-1 */
			encoding: string;
			/** @example , */
			delimiter: string;
			columns: components["schemas"]["ImportColumnResponse"][];
			/** @description What was assumed about the file. */
			notes: string[];
			counts: components["schemas"]["ImportCountsResponse"];
			importedAt: string;
		};
		ImportRowPageResponse: {
			nextCursor: string | null;
			items: components["schemas"]["ImportRowResponse"][];
		};
		ImportRowResponse: {
			/** @enum {string} */
			outcome: "registered" | "joined" | "unchanged" | "refused";
			/** @description The work; null for refused rows, and for new ones in a dry run. */
			work: string | null;
			/** @description Line of the file on which the row begins. */
			line: number;
			faults: components["schemas"]["RowRemarkResponse"][];
			warnings: components["schemas"]["RowRemarkResponse"][];
		};
		InclusionProofResponse: {
			index: number;
			size: number;
			/** @description Leaf to root, base64. */
			hashes: string[];
		};
		InquiryRequest: {
			/**
			 * @description Who asks.
			 * @enum {string}
			 */
			actorClass?: "heritage_institution" | "research" | "education" | "nonprofit" | "government" | "commercial" | "individual";
			/** @enum {string} */
			actorMode?: "autonomous" | "user_supplied";
			/** @enum {string} */
			modelOpenness?: "open_weights" | "closed";
			/** @description Limits that you undertake to keep. */
			accepts?: ("outputRestriction" | "volumeCap" | "qualityCap")[];
			/**
			 * @description Where the use takes place: ISO 3166-1 alpha-2, `EU` or `WORLD`.
			 * @example DE
			 */
			territory?: string;
			/** @description The one model version that this is about. */
			modelRelease?: string;
			/** @description Whether the copy was obtained lawfully: your word, which the answer then rests on. */
			lawfulSource?: boolean;
			/** @description The party in whose name you ask; you must be a member of it. Licences granted to it count. */
			inquirer?: string;
		};
		InquiryResponse: {
			territory?: string;
			actorClass?: string;
			actorMode?: string;
			modelOpenness?: string;
			modelRelease?: string;
			lawfulSource?: boolean;
			accepts?: string[];
			inquirer?: string;
		};
		ItemResponse: {
			/** @description The caller's own reference, as it was given. */
			ref?: string | number;
			/** @enum {string} */
			result: "found" | "not_found" | "ambiguous_match" | "invalid_identifier" | "invalid_item";
			/** @description By purpose; also where nothing was found, and then never a permission. */
			purposes?: {
				[key: string]: components["schemas"]["PurposeAnswerResponse"];
			};
			/** @description Of an unreadable item without a `ref`: its place in the request, from 0. */
			index?: number;
			/** @example isrc */
			scheme?: string;
			/**
			 * @description The identifier in its canonical form.
			 * @example USUG11904206
			 */
			value?: string;
			/**
			 * @description The identifier as it was typed, where that differs.
			 * @example US-UG1-19-04206
			 */
			typed?: string;
			/** @description Of an invalid identifier: why, for programs. */
			reason?: string;
			/** @description Of an invalid item or identifier: why, in a sentence. */
			detail?: string;
			/** @description Of a wrong check digit: the one that was expected. */
			expected?: string;
			/** @description Of a wrong check digit: the one that was found. */
			found?: string;
			works?: components["schemas"]["FoundWorkResponse"][];
		};
		LayerAnswerResponse: {
			/**
			 * @description The right that this is about.
			 * @enum {string}
			 */
			layer: "recording" | "performance" | "composition" | "artwork" | "text" | "image" | "video";
			/**
			 * @description What this layer comes to.
			 * @enum {string}
			 */
			outcome: "denied" | "disputed" | "licence_required" | "unknown" | "permitted_with_duties" | "permitted";
			/** @description Why the layer does not permit. */
			reasons?: ("territory" | "period" | "actorClass" | "actors" | "actorMode" | "modelOpenness" | "modelRelease" | "outputRestriction" | "volumeCap" | "qualityCap" | "embargoUntil" | "trigger" | "lawfulSource" | "custodians" | "unknown_condition" | "deny" | "unverified" | "compensate" | "obtain_consent" | "silent" | "missing_share" | "unverified_allow" | "withdrawn" | "ended" | "disputed" | "ambiguous_match" | "not_found" | "nothing_contained")[];
			/** @description The work whose layer it is, where that is not the matched work or a composition in it. */
			workId?: string;
			/** @description `licence:<id>` where a licence of the inquirer takes the place of the public terms. */
			basis?: string;
			/**
			 * @description Share of the layer for which nobody speaks, in parts per million.
			 * @example 500000
			 */
			missingSharePpm?: number;
			/** @description Claims contradict each other or exceed the whole; the strictest counts. */
			conflict?: boolean;
			/** @description The refusal rests on claims that nobody has verified yet. */
			unverified?: boolean;
		};
		LicencePageResponse: {
			items: components["schemas"]["LicenceResponse"][];
			nextCursor: string | null;
		};
		LicenceResponse: {
			/** @example lic_01kaq9x3n6fq2s7v4c8b5d0e1g */
			id: string;
			grantor: string;
			grantee: string;
			works: string[];
			purposes: ("preservation" | "preservation.ingest" | "preservation.replicate" | "preservation.migrate" | "preservation.restore" | "preservation.metadata" | "preservation.transfer" | "access" | "access.onsite" | "access.research" | "access.accessible_format" | "access.preview" | "access.stream" | "access.download" | "ai" | "ai.search" | "ai.analyse" | "ai.train" | "ai.train.nongenerative" | "ai.train.generative" | "ai.train.finetune" | "ai.train.likeness" | "ai.evaluate" | "ai.input" | "ai.index" | "dataset.redistribute")[];
			layers: ("recording" | "composition" | "artwork" | "text" | "image" | "video" | "performance")[];
			/** @description Where it holds; null is the whole world. */
			territory: Record<string, never> | null;
			validFrom: string;
			validUntil: string | null;
			grantedAt: string;
			revokedAt: string | null;
		};
		LinkRequest: {
			/**
			 * @description How this work leads to the other: a recording `embodies` a composition and `samples` a
			 *     recording, a release `contains` recordings and is `illustrated_by` an artwork.
			 * @example embodies
			 * @enum {string}
			 */
			kind: "embodies" | "contains" | "samples" | "illustrated_by";
			/** @description The work that the link leads to. */
			work: string;
		};
		LinkResponse: {
			/** @enum {string} */
			kind: "embodies" | "contains" | "samples" | "illustrated_by";
			/** @description The work that the link leads to. */
			work: string;
			/** @description Whether the link was made by somebody proven; only verified samples bind. */
			verified: boolean;
		};
		LogHealthResponse: Record<string, never>;
		LogLeafResponse: {
			index: number;
			/**
			 * @description `signed` once a published checkpoint covers it.
			 * @enum {string}
			 */
			state: "signed" | "pending";
			/** @description SHA-256 of a zero byte and the entry, base64 (RFC 6962 §2.1). */
			hash: string;
			/** @description The entry as it is in the log, RFC 8785 JSON. */
			entry: {
				[key: string]: unknown;
			};
			/** @description The checkpoint that was published last, if it covers the leaf. */
			checkpoint: components["schemas"]["CheckpointResponse"] | null;
		};
		LogResponse: {
			/** @description Number of leaves. */
			size: number;
			/**
			 * @description Root hash, base64.
			 * @example 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
			 */
			root: string;
		};
		LookupItemRequest: {
			/**
			 * @description Your own reference, echoed in the answer: text of at most 256 characters or an integer.
			 * @example 1
			 */
			ref?: string | number;
			/** @example isrc */
			scheme: string;
			/**
			 * @description The identifier as you have it; common spellings are read.
			 * @example US-UG1-19-04206
			 */
			value: string;
		};
		LookupJobResponse: {
			/** @enum {string} */
			state: "receiving" | "queued" | "running" | "finished" | "failed";
			/**
			 * @description How the file is written, and its result.
			 * @enum {string}
			 */
			format: "ndjson" | "csv" | "tsv";
			/** @description Why the job failed. */
			problem: {
				[key: string]: unknown;
			} | null;
			/** @example ljb_01kaq9x3n6fq2s7v4c8b5d0e1g */
			id: string;
			/** @description Size of the file. */
			inputBytes: number;
			/** @description How much of it is answered. */
			inputBytesDone: number;
			/** @description Rows that are answered. */
			rows: number;
			/** @description Chunks that they were answered in, each at one moment. */
			chunks: number;
			/** @description Where the result is; null until all of it is there. */
			result: string | null;
			resultBytes: number | null;
			createdAt: string;
			endedAt: string | null;
			/** @description When the job and its result are deleted. */
			expiresAt: string | null;
		};
		LookupJobsResponse: {
			/** @description Newest first. */
			jobs: components["schemas"]["LookupJobResponse"][];
		};
		LookupResponse: {
			/** @description The caller's own reference, as it was given. */
			ref?: string | number;
			/** @enum {string} */
			result: "found" | "not_found" | "ambiguous_match" | "invalid_identifier" | "invalid_item";
			/** @description By purpose; also where nothing was found, and then never a permission. */
			purposes?: {
				[key: string]: components["schemas"]["PurposeAnswerResponse"];
			};
			/** @enum {string} */
			unknownPolicy: "deny" | "refer" | "allow_at_own_risk";
			overlays?: {
				[key: string]: components["schemas"]["OverlayResponse"];
			};
			asOf: string;
			log: components["schemas"]["LogResponse"];
			/** @example 1 */
			vocabulary: string;
			inquiry: components["schemas"]["InquiryResponse"];
			/** @description Where one was asked for: the registry's signature over the item, a compact JWS. */
			receipt?: string;
			/** @description Of an unreadable item without a `ref`: its place in the request, from 0. */
			index?: number;
			/** @example isrc */
			scheme?: string;
			/**
			 * @description The identifier in its canonical form.
			 * @example USUG11904206
			 */
			value?: string;
			/**
			 * @description The identifier as it was typed, where that differs.
			 * @example US-UG1-19-04206
			 */
			typed?: string;
			/** @description Of an invalid identifier: why, for programs. */
			reason?: string;
			/** @description Of an invalid item or identifier: why, in a sentence. */
			detail?: string;
			/** @description Of a wrong check digit: the one that was expected. */
			expected?: string;
			/** @description Of a wrong check digit: the one that was found. */
			found?: string;
			works?: components["schemas"]["FoundWorkResponse"][];
		};
		LookupsRequest: {
			/** @description 1 to 10,000 identifiers, schemes mixed as you like. A bad one is answered in its place. */
			items: components["schemas"]["LookupItemRequest"][];
			/**
			 * @description What you want to do; a headline for each kind of asker where absent.
			 * @example [
			 *       "ai.train.generative"
			 *     ]
			 */
			purposes?: ("preservation" | "preservation.ingest" | "preservation.replicate" | "preservation.migrate" | "preservation.restore" | "preservation.metadata" | "preservation.transfer" | "access" | "access.onsite" | "access.research" | "access.accessible_format" | "access.preview" | "access.stream" | "access.download" | "ai" | "ai.search" | "ai.analyse" | "ai.train" | "ai.train.nongenerative" | "ai.train.generative" | "ai.train.finetune" | "ai.train.likeness" | "ai.evaluate" | "ai.input" | "ai.index" | "dataset.redistribute")[];
			/**
			 * @description What you make of `unknown`; printed on the answer, never turned into permission.
			 * @default deny
			 * @enum {string}
			 */
			unknownPolicy: "deny" | "refer" | "allow_at_own_risk";
			/**
			 * @description Whether the answer is to be signed, so that you can prove later what you were told.
			 * @default false
			 */
			receipt: boolean;
			inquiry?: components["schemas"]["InquiryRequest"];
			/**
			 * @description Ask as of a past moment: a UTC instant or a day (its beginning).
			 * @example 2026-06-01T12:00:00Z
			 */
			asOf?: string;
		};
		LookupsResponse: {
			/**
			 * @description What the inquirer makes of `unknown`.
			 * @enum {string}
			 */
			unknownPolicy: "deny" | "refer" | "allow_at_own_risk";
			/** @description The statutes named in the answers, by id. */
			overlays?: {
				[key: string]: components["schemas"]["OverlayResponse"];
			};
			/** @description The purposes asked about, in their order. */
			purposes: ("preservation" | "preservation.ingest" | "preservation.replicate" | "preservation.migrate" | "preservation.restore" | "preservation.metadata" | "preservation.transfer" | "access" | "access.onsite" | "access.research" | "access.accessible_format" | "access.preview" | "access.stream" | "access.download" | "ai" | "ai.search" | "ai.analyse" | "ai.train" | "ai.train.nongenerative" | "ai.train.generative" | "ai.train.finetune" | "ai.train.likeness" | "ai.evaluate" | "ai.input" | "ai.index" | "dataset.redistribute")[];
			/** @description One for each item of the request, in its order; trust `ref`, not the order. */
			items: components["schemas"]["ItemResponse"][];
			counts: components["schemas"]["SummaryCountsResponse"];
			/** @description The moment that the answer is about. */
			asOf: string;
			log: components["schemas"]["LogResponse"];
			/**
			 * @description Version of the vocabulary of purposes, conditions and overlays.
			 * @example 1
			 */
			vocabulary: string;
			inquiry: components["schemas"]["InquiryResponse"];
			/**
			 * @description Where one was asked for: the registry's signature over every item and what it was computed
			 *     from, a compact JWS.
			 */
			receipt?: string;
		};
		MakeClaimRequest: {
			/** @description The party that claims. */
			party: string;
			/** @description The work whose layer is claimed. */
			work: string;
			/**
			 * @description The right that the claim is about.
			 * @example recording
			 * @enum {string}
			 */
			layer: "recording" | "performance" | "composition" | "artwork" | "text" | "image" | "video";
			/**
			 * @description What the party is to the work.
			 * @example owner
			 * @enum {string}
			 */
			role: "owner" | "author" | "composer" | "lyricist" | "arranger" | "performer" | "producer" | "label" | "publisher" | "licensee" | "collecting_society" | "assignee" | "heir" | "visual_artist" | "photographer" | "director";
			/**
			 * @description Share of the layer in parts per million; the whole when left out.
			 * @example 500000
			 */
			sharePpm?: number;
			/** @description Where the claim holds; the world when left out. */
			territory?: components["schemas"]["TerritoryRequest"];
			/** @description Whether the party alone decides in its territory. */
			exclusive?: boolean;
			/** @description The mandate on which a representative rests a claim in its own name. */
			mandate?: string;
		};
		MandatePageResponse: {
			items: components["schemas"]["MandateResponse"][];
			/** @description Give it as `cursor` for the next page; null on the last one. */
			nextCursor: string | null;
		};
		MandatePartyResponse: {
			/** @example pty_01k9zj5v9ve8sr2m0g7c4h1xqd */
			id: string;
			/** @example Ada Lind */
			displayName: string;
		};
		MandateResponse: {
			/** @example mnd_01k9zj5v9ve8sr2m0g7c4h1xqd */
			id: string;
			/** @description In whose name somebody may act. */
			principal: components["schemas"]["MandatePartyResponse"];
			/** @description Who may act. */
			representative: components["schemas"]["MandatePartyResponse"];
			/**
			 * @example [
			 *       "register",
			 *       "claim"
			 *     ]
			 */
			rights: ("register" | "consent" | "licence" | "claim" | "collect")[];
			/**
			 * @description Null: for every purpose.
			 * @example [
			 *       "ai.train"
			 *     ]
			 */
			purposes: ("preservation" | "preservation.ingest" | "preservation.replicate" | "preservation.migrate" | "preservation.restore" | "preservation.metadata" | "preservation.transfer" | "access" | "access.onsite" | "access.research" | "access.accessible_format" | "access.preview" | "access.stream" | "access.download" | "ai" | "ai.search" | "ai.analyse" | "ai.train" | "ai.train.nongenerative" | "ai.train.generative" | "ai.train.finetune" | "ai.train.likeness" | "ai.evaluate" | "ai.input" | "ai.index" | "dataset.redistribute")[] | null;
			/** @description Null: in the whole world. */
			territory: components["schemas"]["MandateTerritoryResponse"] | null;
			/** @example 2026-12-01T00:00:00.000Z */
			validFrom: string;
			/**
			 * @description Null: until it is revoked.
			 * @example 2028-12-01T00:00:00.000Z
			 */
			validUntil: string | null;
			/**
			 * @description It has effect only when `confirmed`, and within its time.
			 * @example proposed
			 * @enum {string}
			 */
			state: "proposed" | "confirmed" | "declined" | "revoked";
			/**
			 * @description All of it in sentences, written to the principal: read them before you confirm.
			 * @example [
			 *       "Blue Door Records may claim rights in works for you, and withdraw those claims."
			 *     ]
			 */
			inPlainWords: string[];
			/** @example 2026-11-22T10:15:00.000Z */
			proposedAt: string;
			/** @description When the principal confirmed or declined it. */
			decidedAt: string | null;
			revokedAt: string | null;
		};
		MandateTerritoryRequest: {
			/**
			 * @description ISO 3166-1 alpha-2 codes, `EU` or `WORLD`.
			 * @example [
			 *       "EU"
			 *     ]
			 */
			include: ("WORLD" | "EU" | "AD" | "AE" | "AF" | "AG" | "AI" | "AL" | "AM" | "AO" | "AQ" | "AR" | "AS" | "AT" | "AU" | "AW" | "AX" | "AZ" | "BA" | "BB" | "BD" | "BE" | "BF" | "BG" | "BH" | "BI" | "BJ" | "BL" | "BM" | "BN" | "BO" | "BQ" | "BR" | "BS" | "BT" | "BV" | "BW" | "BY" | "BZ" | "CA" | "CC" | "CD" | "CF" | "CG" | "CH" | "CI" | "CK" | "CL" | "CM" | "CN" | "CO" | "CR" | "CU" | "CV" | "CW" | "CX" | "CY" | "CZ" | "DE" | "DJ" | "DK" | "DM" | "DO" | "DZ" | "EC" | "EE" | "EG" | "EH" | "ER" | "ES" | "ET" | "FI" | "FJ" | "FK" | "FM" | "FO" | "FR" | "GA" | "GB" | "GD" | "GE" | "GF" | "GG" | "GH" | "GI" | "GL" | "GM" | "GN" | "GP" | "GQ" | "GR" | "GS" | "GT" | "GU" | "GW" | "GY" | "HK" | "HM" | "HN" | "HR" | "HT" | "HU" | "ID" | "IE" | "IL" | "IM" | "IN" | "IO" | "IQ" | "IR" | "IS" | "IT" | "JE" | "JM" | "JO" | "JP" | "KE" | "KG" | "KH" | "KI" | "KM" | "KN" | "KP" | "KR" | "KW" | "KY" | "KZ" | "LA" | "LB" | "LC" | "LI" | "LK" | "LR" | "LS" | "LT" | "LU" | "LV" | "LY" | "MA" | "MC" | "MD" | "ME" | "MF" | "MG" | "MH" | "MK" | "ML" | "MM" | "MN" | "MO" | "MP" | "MQ" | "MR" | "MS" | "MT" | "MU" | "MV" | "MW" | "MX" | "MY" | "MZ" | "NA" | "NC" | "NE" | "NF" | "NG" | "NI" | "NL" | "NO" | "NP" | "NR" | "NU" | "NZ" | "OM" | "PA" | "PE" | "PF" | "PG" | "PH" | "PK" | "PL" | "PM" | "PN" | "PR" | "PS" | "PT" | "PW" | "PY" | "QA" | "RE" | "RO" | "RS" | "RU" | "RW" | "SA" | "SB" | "SC" | "SD" | "SE" | "SG" | "SH" | "SI" | "SJ" | "SK" | "SL" | "SM" | "SN" | "SO" | "SR" | "SS" | "ST" | "SV" | "SX" | "SY" | "SZ" | "TC" | "TD" | "TF" | "TG" | "TH" | "TJ" | "TK" | "TL" | "TM" | "TN" | "TO" | "TR" | "TT" | "TV" | "TW" | "TZ" | "UA" | "UG" | "UM" | "US" | "UY" | "UZ" | "VA" | "VC" | "VE" | "VG" | "VI" | "VN" | "VU" | "WF" | "WS" | "YE" | "YT" | "ZA" | "ZM" | "ZW")[];
			/**
			 * @description Taken out of what is included.
			 * @example [
			 *       "FR"
			 *     ]
			 */
			exclude?: ("WORLD" | "EU" | "AD" | "AE" | "AF" | "AG" | "AI" | "AL" | "AM" | "AO" | "AQ" | "AR" | "AS" | "AT" | "AU" | "AW" | "AX" | "AZ" | "BA" | "BB" | "BD" | "BE" | "BF" | "BG" | "BH" | "BI" | "BJ" | "BL" | "BM" | "BN" | "BO" | "BQ" | "BR" | "BS" | "BT" | "BV" | "BW" | "BY" | "BZ" | "CA" | "CC" | "CD" | "CF" | "CG" | "CH" | "CI" | "CK" | "CL" | "CM" | "CN" | "CO" | "CR" | "CU" | "CV" | "CW" | "CX" | "CY" | "CZ" | "DE" | "DJ" | "DK" | "DM" | "DO" | "DZ" | "EC" | "EE" | "EG" | "EH" | "ER" | "ES" | "ET" | "FI" | "FJ" | "FK" | "FM" | "FO" | "FR" | "GA" | "GB" | "GD" | "GE" | "GF" | "GG" | "GH" | "GI" | "GL" | "GM" | "GN" | "GP" | "GQ" | "GR" | "GS" | "GT" | "GU" | "GW" | "GY" | "HK" | "HM" | "HN" | "HR" | "HT" | "HU" | "ID" | "IE" | "IL" | "IM" | "IN" | "IO" | "IQ" | "IR" | "IS" | "IT" | "JE" | "JM" | "JO" | "JP" | "KE" | "KG" | "KH" | "KI" | "KM" | "KN" | "KP" | "KR" | "KW" | "KY" | "KZ" | "LA" | "LB" | "LC" | "LI" | "LK" | "LR" | "LS" | "LT" | "LU" | "LV" | "LY" | "MA" | "MC" | "MD" | "ME" | "MF" | "MG" | "MH" | "MK" | "ML" | "MM" | "MN" | "MO" | "MP" | "MQ" | "MR" | "MS" | "MT" | "MU" | "MV" | "MW" | "MX" | "MY" | "MZ" | "NA" | "NC" | "NE" | "NF" | "NG" | "NI" | "NL" | "NO" | "NP" | "NR" | "NU" | "NZ" | "OM" | "PA" | "PE" | "PF" | "PG" | "PH" | "PK" | "PL" | "PM" | "PN" | "PR" | "PS" | "PT" | "PW" | "PY" | "QA" | "RE" | "RO" | "RS" | "RU" | "RW" | "SA" | "SB" | "SC" | "SD" | "SE" | "SG" | "SH" | "SI" | "SJ" | "SK" | "SL" | "SM" | "SN" | "SO" | "SR" | "SS" | "ST" | "SV" | "SX" | "SY" | "SZ" | "TC" | "TD" | "TF" | "TG" | "TH" | "TJ" | "TK" | "TL" | "TM" | "TN" | "TO" | "TR" | "TT" | "TV" | "TW" | "TZ" | "UA" | "UG" | "UM" | "US" | "UY" | "UZ" | "VA" | "VC" | "VE" | "VG" | "VI" | "VN" | "VU" | "WF" | "WS" | "YE" | "YT" | "ZA" | "ZM" | "ZW")[];
		};
		MandateTerritoryResponse: {
			/**
			 * @example [
			 *       "EU"
			 *     ]
			 */
			include: string[];
			/**
			 * @example [
			 *       "FR"
			 *     ]
			 */
			exclude?: string[];
		};
		NoticeSettingsRequest: {
			/**
			 * @description `immediate`, once a `daily` at seven in the morning UTC, or `off`.
			 * @enum {string}
			 */
			mail: "off" | "immediate" | "daily";
		};
		NoticeSettingsResponse: {
			/** @enum {string} */
			mail: "off" | "immediate" | "daily";
			/** @description Whether this registry sends mail at all; where it does not, read the feed or use a webhook. */
			mailAvailable: boolean;
		};
		ObjectRequest: {
			/** @description The rights holder, whose claim on the work is verified. */
			party: string;
			/**
			 * @description The state that it objects to.
			 * @example label_ceased
			 * @enum {string}
			 */
			kind: "delisted_everywhere" | "label_ceased" | "rightsholder_unreachable" | "platform_failure" | "custodian_failure";
		};
		OfferResponse: {
			/** @enum {string} */
			layer: "recording" | "performance" | "composition" | "artwork" | "text" | "image" | "video";
			/** @description What the licence would settle, such as a payment. */
			duties?: {
				[key: string]: unknown;
			}[];
			workId?: string;
			/** @description Whom to ask. */
			party: string;
			declarationId: string;
			/** @description Standing offers of that party. */
			offerIds?: string[];
		};
		OpenDisputeRequest: {
			/** @description The party that disputes; it must have a verified claim on the layer itself. */
			party: string;
			/** @description The work. */
			work: string;
			/**
			 * @description The layer that both sides claim.
			 * @example recording
			 * @enum {string}
			 */
			layer: "recording" | "performance" | "composition" | "artwork" | "text" | "image" | "video";
			/** @description The claims of others that are disputed: verified, and such that both can't be true. */
			claims: string[];
			/** @description Why. Kept for the operator who decides; it is not published. */
			reason: string;
		};
		OpenedSessionResponse: {
			/** @example ses_01k9zj5v9ve8sr2m0g7c4h1xqd */
			id: string;
			/**
			 * @description Send it as `Authorization: Bearer …`; browsers have it in a cookie already. It is shown once.
			 * @example fses_mZ1tQ0kq6m3s8n2b7v4c1x9z5a0d6f3g8h2j7k4l1qA
			 */
			token: string;
			/**
			 * @description The session ends here at the latest, and sooner after 30 minutes without use.
			 * @example 2026-11-22T22:15:00.000Z
			 */
			expiresAt: string;
			account: components["schemas"]["AccountResponse"];
		};
		OverlayResponse: {
			title: string;
			territory: string;
			note: string;
		};
		PartyErasurePreviewResponse: {
			id: string;
			displayName: string;
			/** @description False where somebody else is a member too: then only your membership ends. */
			erased: boolean;
			/** @description Works that would be withdrawn, with their titles, names and identifiers. */
			worksWithdrawn: number;
			/** @description Works that stay because somebody else claims them; your claims and names go from them. */
			worksLeft: number;
		};
		PartyIdentifierRequest: {
			/**
			 * @description Which kind of identifier: one that names people or organisations.
			 * @example isni
			 */
			scheme: string;
			/**
			 * @description The identifier as you write it; blanks and hyphens are fine.
			 * @example 0000 0001 2281 955X
			 */
			value: string;
		};
		PartyIdentifierResponse: {
			/** @example isni */
			scheme: string;
			/**
			 * @description The canonical form.
			 * @example 000000012281955X
			 */
			value: string;
			/**
			 * @description The form in which people of the field write it.
			 * @example 0000 0001 2281 955X
			 */
			display: string;
			/**
			 * @description What was given, to the letter.
			 * @example 0000-0001-2281-955x
			 */
			typed: string;
		};
		PartyPageResponse: {
			items: components["schemas"]["PartyResponse"][];
			/** @description Give it as `cursor` for the next page; null on the last one. */
			nextCursor: string | null;
		};
		PartyProofResponse: {
			/**
			 * @description How it was proven: a DNS record, a file on the domain, or an operator's decision.
			 * @example dns
			 * @enum {string}
			 */
			method: "operator" | "dns" | "well_known";
			/** @example adalind.example */
			domain: string | null;
			/**
			 * @example 2
			 * @enum {number}
			 */
			level: 0 | 1 | 3 | 4 | 2;
			/** @example 2026-11-22T10:15:00.000Z */
			verifiedAt: string;
		};
		PartyResponse: {
			/** @example pty_01k9zj5v9ve8sr2m0g7c4h1xqd */
			id: string;
			/**
			 * @example person
			 * @enum {string}
			 */
			kind: "archive" | "dataset_builder" | "auditor" | "person" | "group" | "estate" | "label" | "publisher" | "distributor" | "cmo" | "agent";
			/** @example Ada Lind */
			displayName: string;
			/** @example SE */
			country: string | null;
			identifiers: components["schemas"]["PartyIdentifierResponse"][];
			/**
			 * @description How well its identity is proven: 0 asserted, 1 an account elsewhere, 2 a published identity,
			 *     3 corroborated, 4 legal.
			 * @example 2
			 * @enum {number}
			 */
			level: 0 | 1 | 3 | 4 | 2;
			/** @description The proofs that hold, each with its level. */
			verifications: components["schemas"]["PartyProofResponse"][];
			/** @example 2026-11-22T10:15:00.000Z */
			createdAt: string;
		};
		PasskeyPolicyRequest: {
			/** @description What `navigator.credentials.get` gave, in its JSON form. */
			assertion?: {
				[key: string]: unknown;
			};
			/** @description The nonce that came with the options. */
			nonce?: string;
			/** @description Whether from now on only signed declarations widen what the party allows. */
			requirePasskey: boolean;
		};
		PasskeyPolicyResponse: {
			/** @description Whether only signed declarations widen what the party allows. */
			requirePasskey: boolean;
			since: string | null;
		};
		PasskeyResponse: {
			/** @example pky_01kaq9x3n6fq2s7v4c8b5d0e1g */
			id: string;
			label: string;
			/** @enum {string} */
			state: "active" | "revoked";
			/** @description The account that bound it and alone signs with it. */
			account: string;
			/** @description What stands in the log for its public key, hex. */
			commitment: string;
			boundAt: string;
			/** @description The leaf that bound it. */
			logIndex: number;
			lastUsedAt: string | null;
			revokedAt: string | null;
		};
		PasskeysResponse: {
			passkeys: components["schemas"]["PasskeyResponse"][];
		};
		PingResponse: {
			/** @description Whether the receiver took the test event with a 2xx. */
			delivered: boolean;
			status: number | null;
			failure: string | null;
		};
		PlannedSnapshotResponse: {
			/**
			 * @description It will be made as soon as a worker is free.
			 * @example planned
			 * @enum {string}
			 */
			state: "planned";
		};
		PreservationResponse: {
			/** @enum {string} */
			layer: "recording" | "performance" | "composition" | "artwork" | "text" | "image" | "video";
			/**
			 * @description Access to the copy at the moment asked about, with every trigger that is in effect.
			 * @enum {string}
			 */
			accessMode: "dark" | "dim" | "onsite" | "open";
			terms: {
				[key: string]: unknown;
			};
			workId?: string;
			party: string;
			declarationId: string;
		};
		PreviewAnswerResponse: {
			/** @description Who asks. */
			asker: string;
			/** @enum {string} */
			purpose: "preservation" | "preservation.ingest" | "preservation.replicate" | "preservation.migrate" | "preservation.restore" | "preservation.metadata" | "preservation.transfer" | "access" | "access.onsite" | "access.research" | "access.accessible_format" | "access.preview" | "access.stream" | "access.download" | "ai" | "ai.search" | "ai.analyse" | "ai.train" | "ai.train.nongenerative" | "ai.train.generative" | "ai.train.finetune" | "ai.train.likeness" | "ai.evaluate" | "ai.input" | "ai.index" | "dataset.redistribute";
			/** @enum {string} */
			outcome: "disputed" | "denied" | "licence_required" | "unknown" | "permitted_with_duties" | "permitted";
			/** @description The answer in plain words, the short one first. */
			sentences: string[];
		};
		PreviewResponse: {
			/** @description The terms in full, as they would be stored. */
			terms: Record<string, never>[];
			territory: Record<string, never> | null;
			preservationTerms: Record<string, never> | null;
			afterWithdrawal: Record<string, never> | null;
			/** @description What machines conclude, if one verified party holds every layer. */
			answers: components["schemas"]["PreviewAnswerResponse"][];
		};
		/** @description A refusal (RFC 9457). `type` is stable and leads to a page that explains it; some types carry further members. */
		ProblemDetails: {
			type: components["schemas"]["ProblemType"];
			/** @description The same for every refusal of this type. */
			title: string;
			status: number;
			/** @description What is wrong this time and what to do. */
			detail: string;
			/** @description The request, as the logs and X-Request-Id name it. */
			instance: string;
			/** @description For faults in the request: each place and what is wrong there. */
			errors?: components["schemas"]["FieldFault"][];
			/** @description How long to wait; Retry-After says the same. */
			retryAfterSeconds?: number;
		} & {
			[key: string]: unknown;
		};
		/**
		 * Format: uri-reference
		 * @description Relative to this registry. The list is of this version; a later one may know more.
		 */
		ProblemType: string;
		ProposeMandateRequest: {
			/**
			 * @description The party in whose name somebody is to act.
			 * @example pty_01k9zj5v9ve8sr2m0g7c4h1xqd
			 */
			principal: string;
			/**
			 * @description The party of yours that is to act.
			 * @example pty_01k9zj5v9ve8sr2m0g7c4h1xqe
			 */
			representative: string;
			/**
			 * @description What it may do: register works, declare consent, grant licences, claim rights, collect money.
			 * @example [
			 *       "register",
			 *       "claim"
			 *     ]
			 */
			rights: ("register" | "consent" | "licence" | "claim" | "collect")[];
			/**
			 * @description The purposes it is limited to, as a collecting society's mandate is; for all if unsaid.
			 * @example [
			 *       "ai.train"
			 *     ]
			 */
			purposes?: ("preservation" | "preservation.ingest" | "preservation.replicate" | "preservation.migrate" | "preservation.restore" | "preservation.metadata" | "preservation.transfer" | "access" | "access.onsite" | "access.research" | "access.accessible_format" | "access.preview" | "access.stream" | "access.download" | "ai" | "ai.search" | "ai.analyse" | "ai.train" | "ai.train.nongenerative" | "ai.train.generative" | "ai.train.finetune" | "ai.train.likeness" | "ai.evaluate" | "ai.input" | "ai.index" | "dataset.redistribute")[] | null;
			/** @description Where it holds; in the whole world if unsaid. */
			territory?: components["schemas"]["MandateTerritoryRequest"] | null;
			/**
			 * @description When it begins; at once if unsaid, but never before the principal has confirmed it.
			 * @example 2026-12-01T00:00:00Z
			 */
			validFrom?: string | null;
			/**
			 * @description When it ends; not until it is revoked if unsaid.
			 * @example 2028-12-01T00:00:00Z
			 */
			validUntil?: string | null;
		};
		PurposeAnswerResponse: {
			/** @enum {string} */
			outcome: "denied" | "disputed" | "licence_required" | "unknown" | "permitted_with_duties" | "permitted";
			/**
			 * @description What to make of `unknown` (the inquirer's own policy) and of `disputed` (`deny`).
			 * @enum {string}
			 */
			treatAs?: "deny" | "refer" | "allow_at_own_risk";
			reasons?: ("territory" | "period" | "actorClass" | "actors" | "actorMode" | "modelOpenness" | "modelRelease" | "outputRestriction" | "volumeCap" | "qualityCap" | "embargoUntil" | "trigger" | "lawfulSource" | "custodians" | "unknown_condition" | "deny" | "unverified" | "compensate" | "obtain_consent" | "silent" | "missing_share" | "unverified_allow" | "withdrawn" | "ended" | "disputed" | "ambiguous_match" | "not_found" | "nothing_contained")[];
			/** @description Layers on which nobody speaks who may. */
			missingLayers?: ("recording" | "performance" | "composition" | "artwork" | "text" | "image" | "video")[];
			/** @description By layer, the share for which nobody speaks, in parts per million. */
			missingSharePpm?: {
				[key: string]: number;
			};
			/** @description What the permission binds to, of all layers together. */
			duties?: {
				[key: string]: unknown;
			}[];
			/** @description Conditions of the terms that were applied. */
			conditions?: {
				[key: string]: unknown;
			}[];
			/** @description `declaration`, or `licence:<id>`; absent where nobody spoke. */
			basis?: string;
			/** @description What the inquiry left unstated although a term asks for it; state it and ask again. */
			state?: string[];
			/** @description Every layer that must permit, with its own outcome. */
			layers?: components["schemas"]["LayerAnswerResponse"][];
			/** @description The declarations that decided each layer. */
			decidedBy?: components["schemas"]["DeciderResponse"][];
			offers?: components["schemas"]["OfferResponse"][];
			/** @description Ids of statutes that may bear on the use; `overlays` of the whole answer describes them. */
			overlays?: string[];
			/** @description Claims contradict each other or exceed the whole; the strictest counts. */
			conflict?: boolean;
			/** @description The refusal rests on claims that nobody has verified yet. */
			unverified?: boolean;
			disputeIds?: string[];
			/** @description After a withdrawal or in a dispute: what may become of copies that are there already. */
			existingCopies?: string;
			deleteWithinDays?: number;
			/** @description After a withdrawal: what becomes of models that were trained before. */
			trainedModels?: string;
			/** @description For preservation: whether anything new may be taken in. */
			newIngest?: boolean;
			preservationTerms?: components["schemas"]["PreservationResponse"][];
			/** @description Each of several matched works with its own outcome. */
			works?: components["schemas"]["WorkOutcomeResponse"][];
			/** @description Each item of a release with its own outcome. */
			contained?: components["schemas"]["WorkOutcomeResponse"][];
			/** @description The answer holds until then unless something is declared. */
			validUntil: string;
		};
		PurposeResponse: {
			/**
			 * @example ai.train.generative
			 * @enum {string}
			 */
			id: "preservation" | "preservation.ingest" | "preservation.replicate" | "preservation.migrate" | "preservation.restore" | "preservation.metadata" | "preservation.transfer" | "access" | "access.onsite" | "access.research" | "access.accessible_format" | "access.preview" | "access.stream" | "access.download" | "ai" | "ai.search" | "ai.analyse" | "ai.train" | "ai.train.nongenerative" | "ai.train.generative" | "ai.train.finetune" | "ai.train.likeness" | "ai.evaluate" | "ai.input" | "ai.index" | "dataset.redistribute";
			/** @description What it means, in plain words. */
			label: string;
			/** @description The purpose it inherits from, null for a root. */
			parent: string | null;
			/** @description What a careful inquirer makes of silence: `refer` to a person, or `deny`. */
			unset: string;
		};
		RangeResponse: {
			/** @description The answers to every identifier in the range, in canonical JSON. */
			range: {
				[key: string]: unknown;
			};
			/** @description Means nothing. */
			padding: string;
			/** @description A detached JWS over the range, where a receipt was asked for. */
			signature?: string;
		};
		RangesResponse: {
			/**
			 * @description What identifiers are digested with.
			 * @enum {string}
			 */
			digest: "sha-256";
			/**
			 * @description How many bits of a digest a range is named by. They grow with the registry.
			 * @example 11
			 */
			bits: number;
			/** @description A range has a multiple of so many rows. */
			rows: number;
		};
		ReadMarkRequest: {
			/** @description Index of the last leaf that was read. */
			upTo: number;
		};
		ReadyResponse: Record<string, never>;
		RecoverPasskeysRequest: {
			/**
			 * @description Why, and where what was seen is kept.
			 * @example Telephone lost, passport seen, file 2026-140
			 */
			reason: string;
		};
		RecoveredPasskeysResponse: {
			/** @description How many passkeys were in use. */
			revoked: number;
		};
		RegisterPartyRequest: {
			/**
			 * @description What the party is. It cannot be changed later.
			 * @example person
			 * @enum {string}
			 */
			kind: "person" | "group" | "estate" | "label" | "publisher" | "distributor" | "cmo" | "agent" | "archive" | "dataset_builder" | "auditor";
			/**
			 * @description The name under which the public knows it.
			 * @example Ada Lind
			 */
			displayName: string;
			/**
			 * @description ISO 3166-1 alpha-2 code of the country it is at home in.
			 * @example SE
			 */
			country?: string | null;
			/** @description ISNI, ORCID, IPI and the like. Anyone can read them. */
			identifiers?: components["schemas"]["PartyIdentifierRequest"][];
		};
		RegisterSongRequest: {
			/** @description The party that wrote and recorded the song. */
			party: string;
			/** @description Title of the song. */
			title: string;
			/** @description Identifiers of the recording, such as its ISRC. */
			identifiers?: components["schemas"]["IdentifierRequest"][];
			/** @description Identifiers of the composition, such as its ISWC. */
			compositionIdentifiers?: components["schemas"]["IdentifierRequest"][];
			/**
			 * @description Day of first release.
			 * @example 2024-05-17
			 */
			releasedOn?: string;
			/** @description Who made it. */
			contributors?: components["schemas"]["ContributorRequest"][];
		};
		RegisterWorkRequest: {
			/** @description The party that registers the work. */
			party: string;
			/**
			 * @description What kind of work it is.
			 * @example recording
			 * @enum {string}
			 */
			kind: "recording" | "composition" | "release" | "artwork" | "text" | "image" | "video";
			/** @description Title as it should be shown. */
			title: string;
			/**
			 * @description Language of the words, BCP 47.
			 * @example en
			 */
			language?: string;
			/**
			 * @description Day of first release.
			 * @example 2024-05-17
			 */
			releasedOn?: string;
			/** @description Who made it. */
			contributors?: components["schemas"]["ContributorRequest"][];
			/** @description Its identifiers, of any scheme. */
			identifiers?: components["schemas"]["IdentifierRequest"][];
			/** @description Other works that it leads to; more can be added one by one. */
			links?: components["schemas"]["LinkRequest"][];
		};
		RegistryKeyResponse: {
			/** @description RFC 7638 thumbprint. */
			kid: string;
			/** @enum {string} */
			use: "log" | "receipt";
			/** @enum {string} */
			state: "added" | "active" | "ended";
			/** @description Raw Ed25519 public key, base64. */
			publicKey: string;
		};
		ResolveDisputeRequest: {
			/**
			 * @description Whether the dispute was right (`upheld`) or not (`dismissed`).
			 * @example dismissed
			 * @enum {string}
			 */
			decision: "upheld" | "dismissed";
			/** @description Why, and where what was seen is kept; not published. */
			reason: string;
		};
		RevokeVerificationRequest: {
			/**
			 * @description Why it no longer holds. Not shown to the public.
			 * @example The domain was sold
			 */
			reason: string;
		};
		RowRemarkResponse: {
			/**
			 * @description Null where the row as a whole is meant.
			 * @example UPC
			 */
			column: string | null;
			value: string | null;
			/** @description What to do about it; null for warnings. */
			hint: string | null;
			/** @example identifier_refused */
			code: string;
			detail: string;
		};
		SessionPageResponse: {
			items: components["schemas"]["SessionResponse"][];
			/** @description Send it as `cursor` to get the next page; null on the last. */
			nextCursor: string | null;
		};
		SessionResponse: {
			/** @example ses_01k9zj5v9ve8sr2m0g7c4h1xqd */
			id: string;
			/** @description True for the session of this request. */
			current: boolean;
			/** @example 2026-11-22T10:15:00.000Z */
			createdAt: string;
			/**
			 * @description To the minute.
			 * @example 2026-11-22T10:20:00.000Z
			 */
			lastUsedAt: string;
			/** @example 2026-11-22T22:15:00.000Z */
			expiresAt: string;
		};
		SignInRequest: {
			/**
			 * @description The address of the account.
			 * @example mara@example.org
			 */
			email: string;
			/**
			 * @description Its password.
			 * @example tin roof, cold tea, loud harbour
			 */
			password: string;
		};
		SignUpRequest: {
			/**
			 * @description Where you can be reached; also your name at sign-in. Capitals make no difference.
			 * @example mara@example.org
			 */
			email: string;
			/**
			 * @description At least 15 and at most 256 characters, of any kind. A few unrelated words do well.
			 * @example tin roof, cold tea, loud harbour
			 */
			password: string;
			/**
			 * @description How the registry addresses you. Artist names and companies are parties, and come later.
			 * @example Mara Lind
			 */
			displayName: string;
			/**
			 * @description What brings you here. It decides what the account may do (docs/reference/scopes.md).
			 * @example artist
			 * @enum {string}
			 */
			role: "artist" | "representative" | "archive" | "dataset_builder" | "auditor";
		};
		SignatureRequest: {
			/** @description What `navigator.credentials.get` gave, in its JSON form. */
			assertion?: {
				[key: string]: unknown;
			};
			/** @description The nonce that came with the options. */
			nonce?: string;
		};
		SigningOptionsRequest: {
			/**
			 * @description `bind`: one more passkey; `loosen`: no longer ask for signatures.
			 * @enum {string}
			 */
			act: "bind" | "loosen";
		};
		SigningOptionsResponse: {
			/** @description For `navigator.credentials.get`, in its JSON form; binary members are base64url. */
			publicKey: Record<string, never>;
			/** @description To be sent back with the assertion. */
			nonce: string;
			/**
			 * @description What is signed, as canonical JSON. The challenge is SHA-256("fermata.declare.v1" || 0x00 ||
			 *     nonce || statement), so a client can see for itself that it signs this and nothing else.
			 */
			statement: string;
			expiresAt: string;
		};
		SnapshotResponse: {
			/** @description Leaves of the log that it was made from; its folder's name. */
			size: number;
			/** @description Its id, a UUID. */
			snapshot: string;
			/** @description The moment that its answers hold for. */
			asOf: string;
			/** @description From when on nothing may be concluded from it. */
			expires: string;
			/** @description How many identifiers it holds. */
			identifiers: number;
			/** @description How many distinct situations they are in. */
			standings: number;
			/** @description Bytes of all its files. */
			bytes: number;
		};
		SnapshotsResponse: {
			/** @description The newest first; expired ones are removed when the next is published. */
			snapshots: components["schemas"]["SnapshotResponse"][];
			/** @description Why the last one that this process tried was not published. */
			lastFailure: string | null;
		};
		SongResponse: {
			recording: components["schemas"]["WorkResponse"];
			composition: components["schemas"]["WorkResponse"];
			/** @description The claim on the recording and the claim on the composition. */
			claims: components["schemas"]["ClaimResponse"][];
		};
		StandbysHealthResponse: Record<string, never>;
		StartVerificationRequest: {
			/**
			 * @description Where you will publish the proof: `dns` in a TXT record, `well_known` in a file on the site.
			 * @example dns
			 * @enum {string}
			 */
			method: "dns" | "well_known";
			/**
			 * @description The domain alone, without https:// and path.
			 * @example adalind.example
			 */
			domain: string;
		};
		StepRegistryKeyRequest: {
			/**
			 * @description `active` begins to sign, `ended` signs no more.
			 * @enum {string}
			 */
			state: "active" | "ended";
		};
		SubjectRequest: {
			/**
			 * @description How wide the declaration reaches: one `work`, a `release`, a `catalogue`, or everything that the
			 *     `party` holds. A narrower one beats a broader one.
			 * @example party
			 * @enum {string}
			 */
			kind: "work" | "release" | "catalogue" | "party";
			/** @description The work, release or catalogue; left out for `party`. */
			id?: string;
		};
		SubjectResponse: {
			/** @enum {string} */
			kind: "release" | "party" | "work" | "catalogue";
			/** @description The party itself, for `party`. */
			id: string;
		};
		SummaryCountsResponse: {
			found: number;
			not_found: number;
			ambiguous_match: number;
			invalid_identifier: number;
			invalid_item: number;
		};
		TemplateParameterResponse: {
			name: string;
			description: string;
			required: boolean;
			example: Record<string, never>;
		};
		TemplateResponse: {
			/** @example preserve_never_train */
			id: string;
			title: string;
			description: string;
			parameters: components["schemas"]["TemplateParameterResponse"][];
			/** @description The terms it stands for, without parameters. */
			terms: Record<string, never>[];
			preservationTerms: Record<string, never> | null;
			afterWithdrawal: Record<string, never> | null;
		};
		TemplatesResponse: {
			templates: components["schemas"]["TemplateResponse"][];
		};
		TerritoryRequest: {
			/**
			 * @description ISO 3166-1 alpha-2 codes, `EU` or `WORLD`.
			 * @example [
			 *       "EU",
			 *       "CH"
			 *     ]
			 */
			include: ("WORLD" | "EU" | "AD" | "AE" | "AF" | "AG" | "AI" | "AL" | "AM" | "AO" | "AQ" | "AR" | "AS" | "AT" | "AU" | "AW" | "AX" | "AZ" | "BA" | "BB" | "BD" | "BE" | "BF" | "BG" | "BH" | "BI" | "BJ" | "BL" | "BM" | "BN" | "BO" | "BQ" | "BR" | "BS" | "BT" | "BV" | "BW" | "BY" | "BZ" | "CA" | "CC" | "CD" | "CF" | "CG" | "CH" | "CI" | "CK" | "CL" | "CM" | "CN" | "CO" | "CR" | "CU" | "CV" | "CW" | "CX" | "CY" | "CZ" | "DE" | "DJ" | "DK" | "DM" | "DO" | "DZ" | "EC" | "EE" | "EG" | "EH" | "ER" | "ES" | "ET" | "FI" | "FJ" | "FK" | "FM" | "FO" | "FR" | "GA" | "GB" | "GD" | "GE" | "GF" | "GG" | "GH" | "GI" | "GL" | "GM" | "GN" | "GP" | "GQ" | "GR" | "GS" | "GT" | "GU" | "GW" | "GY" | "HK" | "HM" | "HN" | "HR" | "HT" | "HU" | "ID" | "IE" | "IL" | "IM" | "IN" | "IO" | "IQ" | "IR" | "IS" | "IT" | "JE" | "JM" | "JO" | "JP" | "KE" | "KG" | "KH" | "KI" | "KM" | "KN" | "KP" | "KR" | "KW" | "KY" | "KZ" | "LA" | "LB" | "LC" | "LI" | "LK" | "LR" | "LS" | "LT" | "LU" | "LV" | "LY" | "MA" | "MC" | "MD" | "ME" | "MF" | "MG" | "MH" | "MK" | "ML" | "MM" | "MN" | "MO" | "MP" | "MQ" | "MR" | "MS" | "MT" | "MU" | "MV" | "MW" | "MX" | "MY" | "MZ" | "NA" | "NC" | "NE" | "NF" | "NG" | "NI" | "NL" | "NO" | "NP" | "NR" | "NU" | "NZ" | "OM" | "PA" | "PE" | "PF" | "PG" | "PH" | "PK" | "PL" | "PM" | "PN" | "PR" | "PS" | "PT" | "PW" | "PY" | "QA" | "RE" | "RO" | "RS" | "RU" | "RW" | "SA" | "SB" | "SC" | "SD" | "SE" | "SG" | "SH" | "SI" | "SJ" | "SK" | "SL" | "SM" | "SN" | "SO" | "SR" | "SS" | "ST" | "SV" | "SX" | "SY" | "SZ" | "TC" | "TD" | "TF" | "TG" | "TH" | "TJ" | "TK" | "TL" | "TM" | "TN" | "TO" | "TR" | "TT" | "TV" | "TW" | "TZ" | "UA" | "UG" | "UM" | "US" | "UY" | "UZ" | "VA" | "VC" | "VE" | "VG" | "VI" | "VN" | "VU" | "WF" | "WS" | "YE" | "YT" | "ZA" | "ZM" | "ZW")[];
			/** @description Taken out of what is included. */
			exclude?: ("WORLD" | "EU" | "AD" | "AE" | "AF" | "AG" | "AI" | "AL" | "AM" | "AO" | "AQ" | "AR" | "AS" | "AT" | "AU" | "AW" | "AX" | "AZ" | "BA" | "BB" | "BD" | "BE" | "BF" | "BG" | "BH" | "BI" | "BJ" | "BL" | "BM" | "BN" | "BO" | "BQ" | "BR" | "BS" | "BT" | "BV" | "BW" | "BY" | "BZ" | "CA" | "CC" | "CD" | "CF" | "CG" | "CH" | "CI" | "CK" | "CL" | "CM" | "CN" | "CO" | "CR" | "CU" | "CV" | "CW" | "CX" | "CY" | "CZ" | "DE" | "DJ" | "DK" | "DM" | "DO" | "DZ" | "EC" | "EE" | "EG" | "EH" | "ER" | "ES" | "ET" | "FI" | "FJ" | "FK" | "FM" | "FO" | "FR" | "GA" | "GB" | "GD" | "GE" | "GF" | "GG" | "GH" | "GI" | "GL" | "GM" | "GN" | "GP" | "GQ" | "GR" | "GS" | "GT" | "GU" | "GW" | "GY" | "HK" | "HM" | "HN" | "HR" | "HT" | "HU" | "ID" | "IE" | "IL" | "IM" | "IN" | "IO" | "IQ" | "IR" | "IS" | "IT" | "JE" | "JM" | "JO" | "JP" | "KE" | "KG" | "KH" | "KI" | "KM" | "KN" | "KP" | "KR" | "KW" | "KY" | "KZ" | "LA" | "LB" | "LC" | "LI" | "LK" | "LR" | "LS" | "LT" | "LU" | "LV" | "LY" | "MA" | "MC" | "MD" | "ME" | "MF" | "MG" | "MH" | "MK" | "ML" | "MM" | "MN" | "MO" | "MP" | "MQ" | "MR" | "MS" | "MT" | "MU" | "MV" | "MW" | "MX" | "MY" | "MZ" | "NA" | "NC" | "NE" | "NF" | "NG" | "NI" | "NL" | "NO" | "NP" | "NR" | "NU" | "NZ" | "OM" | "PA" | "PE" | "PF" | "PG" | "PH" | "PK" | "PL" | "PM" | "PN" | "PR" | "PS" | "PT" | "PW" | "PY" | "QA" | "RE" | "RO" | "RS" | "RU" | "RW" | "SA" | "SB" | "SC" | "SD" | "SE" | "SG" | "SH" | "SI" | "SJ" | "SK" | "SL" | "SM" | "SN" | "SO" | "SR" | "SS" | "ST" | "SV" | "SX" | "SY" | "SZ" | "TC" | "TD" | "TF" | "TG" | "TH" | "TJ" | "TK" | "TL" | "TM" | "TN" | "TO" | "TR" | "TT" | "TV" | "TW" | "TZ" | "UA" | "UG" | "UM" | "US" | "UY" | "UZ" | "VA" | "VC" | "VE" | "VG" | "VI" | "VN" | "VU" | "WF" | "WS" | "YE" | "YT" | "ZA" | "ZM" | "ZW")[];
		};
		TriggerStepResponse: {
			/** @description Which state of the work. */
			kind: string;
			/** @description Counts the steps of this work and kind. */
			step: number;
			/** @enum {string} */
			state: "declared" | "dissented" | "in_effect" | "objected" | "dropped";
			/** @description Who said so; null where it followed by itself. */
			party: string | null;
			months: number | null;
			evidenceUrl: string | null;
			/** @description SHA-256 in hex. */
			evidenceDigest: string | null;
			/** @description How many registered archives held the work then. */
			holders: number | null;
			/** @description From when on it counts, UTC, unless somebody objects before. */
			inEffectAt: string | null;
			/** @description UTC. */
			recordedAt: string;
		};
		TriggersResponse: {
			/** @description Newest first. */
			items: components["schemas"]["TriggerStepResponse"][];
		};
		VerificationCheckResponse: {
			/** @example 2026-11-22T10:15:00.000Z */
			at: string;
			/** @example TXT records of _fermata-challenge.adalind.example: the expected line is there. */
			found: string;
		};
		VerificationInstructionsResponse: {
			/**
			 * @description Name of the TXT record; null for a file.
			 * @example _fermata-challenge.adalind.example
			 */
			dnsName: string | null;
			/** @description Address of the file; null for a TXT record. */
			url: string | null;
			/**
			 * @description The value of the record, or a line of the file.
			 * @example fermata-verification=pty_01k9zj5v9ve8sr2m0g7c4h1xqd.00112233445566778899aabbccddeeff
			 */
			line: string;
			/**
			 * @example [
			 *       "Add a TXT record …"
			 *     ]
			 */
			inPlainWords: string[];
		};
		VerificationPageResponse: {
			items: components["schemas"]["VerificationResponse"][];
			/** @description Give it as `cursor` for the next page; null on the last one. */
			nextCursor: string | null;
		};
		VerificationResponse: {
			/** @example ver_01k9zj5v9ve8sr2m0g7c4h1xqd */
			id: string;
			/**
			 * @description The party whose identity it proves.
			 * @example pty_01k9zj5v9ve8sr2m0g7c4h1xqd
			 */
			party: string;
			/**
			 * @example dns
			 * @enum {string}
			 */
			method: "operator" | "dns" | "well_known";
			/** @example adalind.example */
			domain: string | null;
			/**
			 * @description The level it gives while it is `verified`.
			 * @example 2
			 * @enum {number}
			 */
			level: 0 | 1 | 3 | 4 | 2;
			/**
			 * @example pending
			 * @enum {string}
			 */
			state: "pending" | "revoked" | "expired" | "verified";
			/** @description Null where there is nothing to publish, or no more. */
			instructions: components["schemas"]["VerificationInstructionsResponse"] | null;
			/** @description What the last check found; null before the first. */
			lastCheck: components["schemas"]["VerificationCheckResponse"] | null;
			/** @example 2026-11-22T10:00:00.000Z */
			createdAt: string;
			/**
			 * @description When a pending one closes.
			 * @example 2026-12-22T10:00:00.000Z
			 */
			expiresAt: string | null;
			verifiedAt: string | null;
			revokedAt: string | null;
		};
		VocabularyResponse: {
			/** @example 1 */
			version: string;
			purposes: components["schemas"]["PurposeResponse"][];
			/**
			 * @description The layers that can be claimed and declared on.
			 * @default [
			 *       "recording",
			 *       "performance",
			 *       "composition",
			 *       "artwork",
			 *       "text",
			 *       "image",
			 *       "video"
			 *     ]
			 */
			layers: ("recording" | "composition" | "artwork" | "text" | "image" | "video" | "performance")[];
		};
		WebhookResponse: {
			/** @example whk_01kaq9x3n6fq2s7v4c8b5d0e1g */
			id: string;
			url: string;
			/**
			 * @description `paused` after three days without success, or once the receiver said 410; resume to go on.
			 * @enum {string}
			 */
			state: "active" | "paused";
			/** @description Index of the last leaf that was delivered; nothing after it was. */
			deliveredUpTo: number;
			/** @description Failures since the last success. */
			failures: number;
			nextTryAt: string | null;
			createdAt: string;
		};
		WebhookSecretResponse: {
			/**
			 * @description What signs its events (Standard Webhooks), shown in this answer only. Null where the answer is
			 *     repeated for an Idempotency-Key; rotate the secret if it was lost.
			 * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=
			 */
			secret: string | null;
			/** @example whk_01kaq9x3n6fq2s7v4c8b5d0e1g */
			id: string;
			url: string;
			/**
			 * @description `paused` after three days without success, or once the receiver said 410; resume to go on.
			 * @enum {string}
			 */
			state: "active" | "paused";
			/** @description Index of the last leaf that was delivered; nothing after it was. */
			deliveredUpTo: number;
			/** @description Failures since the last success. */
			failures: number;
			nextTryAt: string | null;
			createdAt: string;
		};
		WebhooksResponse: {
			webhooks: components["schemas"]["WebhookResponse"][];
		};
		WishRequest: {
			/**
			 * @description A common wish by name; GET /v1/templates lists them.
			 * @example preserve_never_train
			 */
			template?: string;
			/** @description The template's parameters, such as a price. */
			parameters?: {
				[key: string]: unknown;
			};
			/**
			 * @description Terms in full: purpose, decision, conditions and duties.
			 * @example [
			 *       {
			 *         "purpose": "ai.train",
			 *         "decision": "deny"
			 *       }
			 *     ]
			 */
			terms?: Record<string, never>[];
			/**
			 * @description Where the declaration holds; the world when left out.
			 * @example {
			 *       "include": [
			 *         "EU"
			 *       ]
			 *     }
			 */
			territory?: {
				[key: string]: unknown;
			};
			/**
			 * @description How a preserved copy is kept.
			 * @example {
			 *       "accessMode": "dark",
			 *       "retention": "indefinite"
			 *     }
			 */
			preservationTerms?: {
				[key: string]: unknown;
			};
			/**
			 * @description What becomes of copies and models once this is withdrawn.
			 * @example {
			 *       "existingCopies": "keep_dark",
			 *       "trainedModels": "exclude_from_next_version"
			 *     }
			 */
			afterWithdrawal?: {
				[key: string]: unknown;
			};
		};
		WithdrawRequest: {
			/** @description What `navigator.credentials.get` gave, in its JSON form. */
			assertion?: {
				[key: string]: unknown;
			};
			/** @description The nonce that came with the options. */
			nonce?: string;
			/** @description From when on; never before it is recorded. UTC. */
			effectiveFrom?: string;
			/** @description What becomes of copies and models; left out, what the declaration itself said. */
			afterWithdrawal?: {
				[key: string]: unknown;
			};
		};
		WorkCatalogueResponse: {
			id: string;
			party: string;
			name: string;
		};
		WorkOutcomeResponse: {
			/** @enum {string} */
			outcome: "denied" | "disputed" | "licence_required" | "unknown" | "permitted_with_duties" | "permitted";
			workId: string;
			kind?: string;
			/** @description The release, where several works matched. */
			releaseId?: string;
		};
		WorkPageResponse: {
			items: components["schemas"]["WorkSummaryResponse"][];
			/** @description Send it as `cursor` for the next page; null on the last. */
			nextCursor: string | null;
		};
		WorkResponse: {
			language: string | null;
			contributors: components["schemas"]["ContributorResponse"][];
			identifiers: components["schemas"]["IdentifierResponse"][];
			links: components["schemas"]["LinkResponse"][];
			catalogues: components["schemas"]["WorkCatalogueResponse"][];
			/** @description When the registry recorded the work, UTC. */
			recordedAt: string;
			/** @example wrk_01kaq9x3n6fq2s7v4c8b5d0e1g */
			id: string;
			/** @enum {string} */
			kind: "recording" | "composition" | "release" | "artwork" | "text" | "image" | "video";
			title: string;
			/** @description Day of first release, null where it is not known. */
			releasedOn: string | null;
			/** @description The party that registered it. */
			party: string;
		};
		WorkSummaryResponse: {
			/** @example wrk_01kaq9x3n6fq2s7v4c8b5d0e1g */
			id: string;
			/** @enum {string} */
			kind: "recording" | "composition" | "release" | "artwork" | "text" | "image" | "video";
			title: string;
			/** @description Day of first release, null where it is not known. */
			releasedOn: string | null;
			/** @description The party that registered it. */
			party: string;
		};
	};
	responses: {
		/** @description The request has faults. Each entry of `errors` names a place in the request (a JSON pointer) and what is wrong there. Mend those and send it again; nothing was stored. */
		Invalid: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "type": "/problems/request/invalid",
				 *       "title": "The request has faults",
				 *       "status": 400,
				 *       "detail": "/title: title must be a string",
				 *       "instance": "urn:request:0f0c2a7e-6d0e-4a52-9f6e-3d3c7a1d9b42",
				 *       "errors": [
				 *         {
				 *           "pointer": "/title",
				 *           "detail": "title must be a string"
				 *         }
				 *       ]
				 *     }
				 */
				"application/problem+json": components["schemas"]["ProblemDetails"];
			};
		};
		/** @description Sign in first. This operation needs to know who asks, or the credential that was sent is unknown, expired or revoked. Sign in with POST /v1/sessions, or create an API key, and send it as `Authorization: Bearer …`. */
		NotSignedIn: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "type": "/problems/accounts/not-signed-in",
				 *       "title": "Sign in first",
				 *       "status": 401,
				 *       "detail": "This operation needs to know who asks, or the credential that was sent is unknown, expired or revoked. Sign in with POST /v1/sessions, or create an API key, and send it as `Authorization: Bearer …`.",
				 *       "instance": "urn:request:0f0c2a7e-6d0e-4a52-9f6e-3d3c7a1d9b42"
				 *     }
				 */
				"application/problem+json": components["schemas"]["ProblemDetails"];
			};
		};
		/** @description This credential may not do that. The operation needs the scope named in `scope`. A session has the scopes of its account’s roles; an API key those it was created with. docs/reference/scopes.md lists them. */
		NotAllowed: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "type": "/problems/accounts/not-allowed",
				 *       "title": "This credential may not do that",
				 *       "status": 403,
				 *       "detail": "The operation needs the scope named in `scope`. A session has the scopes of its account’s roles; an API key those it was created with. docs/reference/scopes.md lists them.",
				 *       "instance": "urn:request:0f0c2a7e-6d0e-4a52-9f6e-3d3c7a1d9b42"
				 *     }
				 */
				"application/problem+json": components["schemas"]["ProblemDetails"];
			};
		};
		/** @description Nothing is here. The address leads to nothing, or to something that this account may not see; both look the same on purpose. */
		NotFound: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "type": "/problems/request/not-found",
				 *       "title": "Nothing is here",
				 *       "status": 404,
				 *       "detail": "The address leads to nothing, or to something that this account may not see; both look the same on purpose.",
				 *       "instance": "urn:request:0f0c2a7e-6d0e-4a52-9f6e-3d3c7a1d9b42"
				 *     }
				 */
				"application/problem+json": components["schemas"]["ProblemDetails"];
			};
		};
		/** @description The first request with this Idempotency-Key is still running. Wait a moment and send the same request again: you will get the first answer. */
		InProgress: {
			headers: {
				"Retry-After": components["headers"]["RetryAfter"];
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "type": "/problems/request/idempotency-in-progress",
				 *       "title": "The first request with this Idempotency-Key is still running",
				 *       "status": 409,
				 *       "detail": "Wait a moment and send the same request again: you will get the first answer.",
				 *       "instance": "urn:request:0f0c2a7e-6d0e-4a52-9f6e-3d3c7a1d9b42"
				 *     }
				 */
				"application/problem+json": components["schemas"]["ProblemDetails"];
			};
		};
		/** @description It has changed since you read it. Read the resource again, apply your change to the new version and send its ETag in If-Match. */
		Changed: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "type": "/problems/request/precondition-failed",
				 *       "title": "It has changed since you read it",
				 *       "status": 412,
				 *       "detail": "Read the resource again, apply your change to the new version and send its ETag in If-Match.",
				 *       "instance": "urn:request:0f0c2a7e-6d0e-4a52-9f6e-3d3c7a1d9b42"
				 *     }
				 */
				"application/problem+json": components["schemas"]["ProblemDetails"];
			};
		};
		/** @description The request is too large. Bodies are limited to 1 MiB, lookups to 2 MiB and 10,000 items, imports to 64 MiB, lookup jobs to what the registry has set. Send it in parts, or as a stream. */
		TooLarge: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "type": "/problems/request/too-large",
				 *       "title": "The request is too large",
				 *       "status": 413,
				 *       "detail": "Bodies are limited to 1 MiB, lookups to 2 MiB and 10,000 items, imports to 64 MiB, lookup jobs to what the registry has set. Send it in parts, or as a stream.",
				 *       "instance": "urn:request:0f0c2a7e-6d0e-4a52-9f6e-3d3c7a1d9b42"
				 *     }
				 */
				"application/problem+json": components["schemas"]["ProblemDetails"];
			};
		};
		/** @description This kind of body is not understood here. Send the Content-Type that /docs names for this operation, mostly application/json. */
		UnsupportedMediaType: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "type": "/problems/request/unsupported-media-type",
				 *       "title": "This kind of body is not understood here",
				 *       "status": 415,
				 *       "detail": "Send the Content-Type that /docs names for this operation, mostly application/json.",
				 *       "instance": "urn:request:0f0c2a7e-6d0e-4a52-9f6e-3d3c7a1d9b42"
				 *     }
				 */
				"application/problem+json": components["schemas"]["ProblemDetails"];
			};
		};
		/** @description This Idempotency-Key was used for another request. A key belongs to one request: the same method, path and body. Take a new key for a new request. */
		KeyReused: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "type": "/problems/request/idempotency-key-reused",
				 *       "title": "This Idempotency-Key was used for another request",
				 *       "status": 422,
				 *       "detail": "A key belongs to one request: the same method, path and body. Take a new key for a new request.",
				 *       "instance": "urn:request:0f0c2a7e-6d0e-4a52-9f6e-3d3c7a1d9b42"
				 *     }
				 */
				"application/problem+json": components["schemas"]["ProblemDetails"];
			};
		};
		/** @description Say which version you are changing. Read the resource first and send its ETag in If-Match, so that nobody overwrites what somebody else changed meanwhile. */
		PreconditionRequired: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "type": "/problems/request/precondition-required",
				 *       "title": "Say which version you are changing",
				 *       "status": 428,
				 *       "detail": "Read the resource first and send its ETag in If-Match, so that nobody overwrites what somebody else changed meanwhile.",
				 *       "instance": "urn:request:0f0c2a7e-6d0e-4a52-9f6e-3d3c7a1d9b42"
				 *     }
				 */
				"application/problem+json": components["schemas"]["ProblemDetails"];
			};
		};
		/** @description Too many requests. Wait as many seconds as Retry-After says. An API key raises the limits of lookups; the headers RateLimit-Policy and RateLimit say what is left. */
		RateLimited: {
			headers: {
				"Retry-After": components["headers"]["RetryAfter"];
				"RateLimit-Policy": components["headers"]["RateLimitPolicy"];
				RateLimit: components["headers"]["RateLimit"];
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "type": "/problems/request/rate-limited",
				 *       "title": "Too many requests",
				 *       "status": 429,
				 *       "detail": "Wait as many seconds as Retry-After says. An API key raises the limits of lookups; the headers RateLimit-Policy and RateLimit say what is left.",
				 *       "instance": "urn:request:0f0c2a7e-6d0e-4a52-9f6e-3d3c7a1d9b42",
				 *       "retryAfterSeconds": 12
				 *     }
				 */
				"application/problem+json": components["schemas"]["ProblemDetails"];
			};
		};
		/** @description The registry is too busy or is stopping. Wait as many seconds as Retry-After says and send the request again. */
		Overloaded: {
			headers: {
				"Retry-After": components["headers"]["RetryAfter"];
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "type": "/problems/server/overloaded",
				 *       "title": "The registry is too busy or is stopping",
				 *       "status": 503,
				 *       "detail": "Wait as many seconds as Retry-After says and send the request again.",
				 *       "instance": "urn:request:0f0c2a7e-6d0e-4a52-9f6e-3d3c7a1d9b42"
				 *     }
				 */
				"application/problem+json": components["schemas"]["ProblemDetails"];
			};
		};
		/** @description Refused; `type` says which of the kinds at /problems it is. */
		Problem: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				"application/problem+json": components["schemas"]["ProblemDetails"];
			};
		};
	};
	parameters: {
		/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
		IdempotencyKey: string;
		/** @description The ETag of the version that you read, so that nobody overwrites another’s change. */
		IfMatch: string;
	};
	requestBodies: never;
	headers: {
		/** @description The limit: its name, the quota `q` and the window `w` in seconds. */
		RateLimitPolicy: string;
		/** @description What is left of it: `r` remaining, renewed in `t` seconds. */
		RateLimit: string;
		/** @description Seconds to wait before sending it again. */
		RetryAfter: number;
		/** @description Names this request in our logs; one that you sent is kept. */
		RequestId: string;
	};
	pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
	health_live: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["HealthResponse"];
				};
			};
		};
	};
	health_log: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["LogHealthResponse"];
				};
			};
		};
	};
	health_ready: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["ReadyResponse"];
				};
			};
		};
	};
	health_standbys: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["StandbysHealthResponse"];
				};
			};
		};
	};
	health_metrics: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"text/plain": string;
				};
			};
		};
	};
	accounts_show: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["AccountResponse"];
				};
			};
		};
	};
	accounts_changePassword: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ChangePasswordRequest"];
			};
		};
		responses: {
			/** @description Changed. The session of this request goes on. */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	accounts_signUp: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SignUpRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["AccountResponse"];
				};
			};
		};
	};
	erasure_erase: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["EraseAccountRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["ErasureResponse"];
				};
			};
		};
	};
	erasure_preview: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["ErasurePreviewResponse"];
				};
			};
		};
	};
	erasure_export: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Rows as they are stored. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": Record<string, never>;
				};
			};
		};
	};
	apiKeys_list: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["ApiKeyPageResponse"];
				};
			};
		};
	};
	apiKeys_create: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["CreateApiKeyRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["CreatedApiKeyResponse"];
				};
			};
		};
	};
	apiKeys_revoke: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Revoked. */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	catalogues_list: {
		parameters: {
			query: {
				/** @description The party whose registered works are listed. */
				party: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["CataloguePageResponse"];
				};
			};
		};
	};
	catalogues_create: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["CreateCatalogueRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["CatalogueResponse"];
				};
			};
		};
	};
	catalogues_read: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				catalogue: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["CatalogueResponse"];
				};
			};
		};
	};
	catalogues_listWorks: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				catalogue: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["WorkPageResponse"];
				};
			};
		};
	};
	catalogues_addWorks: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				catalogue: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["CatalogueWorksRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["CatalogueChangeResponse"];
				};
			};
		};
	};
	catalogues_removeWork: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				catalogue: string;
				work: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	changes_read: {
		parameters: {
			query?: {
				/** @description Where nothing has changed: for how many seconds to wait for something. */
				wait?: number;
				/** @description A log size: what was recorded since. `upTo` of an earlier answer, or the size that a lookup named. */
				since?: number;
				/** @description Where to go on: `nextCursor` of the page before. In place of `since`. */
				cursor?: string;
				/** @description How many leaves, and how many works, at most. */
				limit?: number;
			};
			header?: {
				/** @description Of an event stream: goes on. */
				"Last-Event-ID"?: string;
			};
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["ChangesResponse"];
					"text/event-stream": components["schemas"]["ChangesResponse"];
				};
			};
		};
	};
	claims_list: {
		parameters: {
			query: {
				/** @description The party whose claims are listed. */
				party: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["ClaimPageResponse"];
				};
			};
		};
	};
	claims_make: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["MakeClaimRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["ClaimResponse"];
				};
			};
		};
	};
	claims_read: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				claim: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["ClaimResponse"];
				};
			};
		};
	};
	claims_withdraw: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				claim: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["ClaimResponse"];
				};
			};
		};
	};
	consent_list: {
		parameters: {
			query: {
				/** @description The party whose declarations are listed. */
				party: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["DeclarationPageResponse"];
				};
			};
		};
	};
	consent_declare: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["DeclareRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["DeclarationsResponse"];
				};
			};
		};
	};
	consent_preview: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["WishRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["PreviewResponse"];
				};
			};
		};
	};
	consent_declaringOptions: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["DeclareRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["SigningOptionsResponse"];
				};
			};
		};
	};
	consent_read: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				declaration: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["DeclarationResponse"];
				};
			};
		};
	};
	consent_authorisation: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				declaration: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["AuthorisationResponse"];
				};
			};
		};
	};
	consent_withdraw: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path: {
				declaration: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["WithdrawRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["DeclarationResponse"];
				};
			};
		};
	};
	consent_withdrawingOptions: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				declaration: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["WithdrawRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["SigningOptionsResponse"];
				};
			};
		};
	};
	disputes_open: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["OpenDisputeRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["DisputeResponse"];
				};
			};
		};
	};
	disputes_read: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				dispute: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["DisputeResponse"];
				};
			};
		};
	};
	disputes_withdraw: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				dispute: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["DisputeResponse"];
				};
			};
		};
	};
	holdings_list: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["HoldingsResponse"];
				};
			};
		};
	};
	holdings_create: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["CreateHoldingRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["HoldingResponse"];
				};
			};
		};
	};
	holdings_read: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				holding: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["HoldingResponse"];
				};
			};
		};
	};
	holdings_delete: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				holding: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Deleted. */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	holdings_changes: {
		parameters: {
			query?: {
				/** @description A log size: what was recorded since. `upTo` of an earlier answer, or the size that a lookup named. */
				since?: number;
				/** @description Where to go on: `nextCursor` of the page before. In place of `since`. */
				cursor?: string;
				/** @description How many leaves, and how many works, at most. */
				limit?: number;
			};
			header?: never;
			path: {
				holding: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["HoldingChangesResponse"];
				};
			};
		};
	};
	holdings_resume: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				holding: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["HoldingResponse"];
				};
			};
		};
	};
	imports_list: {
		parameters: {
			query: {
				/** @description The party whose imports are listed. */
				party: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["ImportPageResponse"];
				};
			};
		};
	};
	imports_importFile: {
		parameters: {
			query: {
				/** @description The party for whom the works are registered and claimed. */
				party: string;
				/** @description Say what would happen and store nothing. */
				dryRun?: boolean;
				/**
				 * @description Which column is which field, where the detection errs: `field:column` pairs. A column goes by
				 *     its name or as `#3`; a field without a column is left out.
				 */
				map?: string[];
				/** @description Layers to claim, the whole of each: the recording, or also the composition of own songs. */
				layers?: "recording" | "recording,composition" | "composition,recording";
				/** @description A template to declare on the imported works, which are put into a catalogue for it. */
				template?: string;
				/** @description Encoding of the file; found out where left unsaid. */
				encoding?: string;
				/** @description Order of day and month in dates such as 5/4/2024; learnt from the column where left unsaid. */
				dateOrder?: "dmy" | "mdy";
				/** @description Name of the file; a catalogue made for a template is called like it. */
				fileName?: string;
				/** @description How many refused rows the answer itself explains; all of them are kept under `rows`. */
				faults?: number;
			};
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"text/csv": string;
				"text/tab-separated-values": string;
				"application/octet-stream": string;
			};
		};
		responses: {
			/** @description A dry run: nothing is stored. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["ImportReportResponse"];
				};
			};
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["ImportReportResponse"];
				};
			};
		};
	};
	imports_read: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				import: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["ImportResponse"];
				};
			};
		};
	};
	imports_rows: {
		parameters: {
			query?: {
				/** @description Only rows that ended like this. */
				outcome?: "registered" | "joined" | "unchanged" | "refused";
			};
			header?: never;
			path: {
				import: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["ImportRowPageResponse"];
				};
			};
		};
	};
	licensing_list: {
		parameters: {
			query: {
				/** @description The party whose granted licences are listed. */
				grantor: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["LicencePageResponse"];
				};
			};
		};
	};
	licensing_grant: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["GrantLicenceRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["LicenceResponse"];
				};
			};
		};
	};
	licensing_read: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				licence: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["LicenceResponse"];
				};
			};
		};
	};
	licensing_revoke: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				licence: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["LicenceResponse"];
				};
			};
		};
	};
	log_leaf: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				index: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["LogLeafResponse"];
				};
			};
		};
	};
	log_proofFile: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				index: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description A c2sp.org/tlog-proof@v1 file. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"text/plain": string;
				};
			};
		};
	};
	log_consistency: {
		parameters: {
			query: {
				/** @description Size of the smaller tree. */
				from: number;
				/** @description Size of the larger tree. */
				to: number;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["ConsistencyProofResponse"];
				};
			};
		};
	};
	log_inclusion: {
		parameters: {
			query: {
				/** @description Place of the leaf, from 0. */
				index: number;
				/** @description How many leaves the tree has that the proof is for. */
				size: number;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["InclusionProofResponse"];
				};
			};
		};
	};
	lookupJobs_list: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["LookupJobsResponse"];
				};
			};
		};
	};
	lookupJobs_create: {
		parameters: {
			query?: {
				/** @description Whether each chunk is to be signed */
				receipt?: boolean;
				purposes?: ("preservation" | "preservation.ingest" | "preservation.replicate" | "preservation.migrate" | "preservation.restore" | "preservation.metadata" | "preservation.transfer" | "access" | "access.onsite" | "access.research" | "access.accessible_format" | "access.preview" | "access.stream" | "access.download" | "ai" | "ai.search" | "ai.analyse" | "ai.train" | "ai.train.nongenerative" | "ai.train.generative" | "ai.train.finetune" | "ai.train.likeness" | "ai.evaluate" | "ai.input" | "ai.index" | "dataset.redistribute")[];
			};
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/x-ndjson": string;
				"text/csv": string;
				"text/tab-separated-values": string;
			};
		};
		responses: {
			/** @description Done. */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["LookupJobResponse"];
				};
			};
		};
	};
	lookupJobs_read: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				job: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["LookupJobResponse"];
				};
			};
			/** @description It has not ended yet. */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["LookupJobResponse"];
				};
			};
		};
	};
	lookupJobs_delete: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				job: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Deleted. */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	lookupJobs_result: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				job: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/x-ndjson": string;
					"text/csv": string;
					"text/tab-separated-values": string;
				};
			};
		};
	};
	lookup_one: {
		parameters: {
			query?: {
				/** @description Whether the answer is to be signed; see docs/specs/receipt.md */
				receipt?: boolean;
				inquiry?: components["schemas"]["InquiryRequest"];
				asOf?: unknown;
				unknownPolicy?: "deny" | "refer" | "allow_at_own_risk";
				purposes?: ("preservation" | "preservation.ingest" | "preservation.replicate" | "preservation.migrate" | "preservation.restore" | "preservation.metadata" | "preservation.transfer" | "access" | "access.onsite" | "access.research" | "access.accessible_format" | "access.preview" | "access.stream" | "access.download" | "ai" | "ai.search" | "ai.analyse" | "ai.train" | "ai.train.nongenerative" | "ai.train.generative" | "ai.train.finetune" | "ai.train.likeness" | "ai.evaluate" | "ai.input" | "ai.index" | "dataset.redistribute")[];
			};
			header?: {
				/** @description The size of the log as an earlier answer named it: the answer is from a log at least as large */
				"Fermata-Log-Size"?: string;
			};
			path: {
				scheme: "isrc" | "iswc" | "isni" | "orcid" | "ipi-name" | "ipi-base" | "dpid" | "gtin" | "grid" | "isbn" | "ismn" | "issn" | "doi" | "mbid" | "mbid-work" | "mbid-release" | "mbid-release-group" | "mbid-artist" | "acoustid" | "spotify-track" | "spotify-album" | "spotify-artist" | "apple" | "deezer" | "discogs" | "tidal" | "hfa" | "iscc" | "sha256" | "blake3" | "swhid";
				value: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["LookupResponse"];
				};
			};
		};
	};
	lookup_many: {
		parameters: {
			query?: {
				/** @description Whether the answer is to be signed; see docs/specs/receipt.md */
				receipt?: boolean;
			};
			header?: {
				/** @description The size of the log as an earlier answer named it: the answer is from a log at least as large */
				"Fermata-Log-Size"?: string;
			};
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["LookupsRequest"];
				"application/x-ndjson": string;
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["LookupsResponse"];
					"application/x-ndjson": string;
				};
			};
		};
	};
	lookupStream_stream: {
		parameters: {
			query?: {
				/** @description Whether each chunk is to be signed */
				receipt?: boolean;
				purposes?: ("preservation" | "preservation.ingest" | "preservation.replicate" | "preservation.migrate" | "preservation.restore" | "preservation.metadata" | "preservation.transfer" | "access" | "access.onsite" | "access.research" | "access.accessible_format" | "access.preview" | "access.stream" | "access.download" | "ai" | "ai.search" | "ai.analyse" | "ai.train" | "ai.train.nongenerative" | "ai.train.generative" | "ai.train.finetune" | "ai.train.likeness" | "ai.evaluate" | "ai.input" | "ai.index" | "dataset.redistribute")[];
			};
			header?: {
				/** @description The size of the log as an earlier answer named it: the answer is from a log at least as large */
				"Fermata-Log-Size"?: string;
			};
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/x-ndjson": string;
				"text/csv": string;
				"text/tab-separated-values": string;
			};
		};
		responses: {
			/** @description The rows, answered. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/x-ndjson": string;
					"text/csv": string;
					"text/tab-separated-values": string;
				};
			};
		};
	};
	mandates_propose: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ProposeMandateRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["MandateResponse"];
				};
			};
		};
	};
	mandates_get: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["MandateResponse"];
				};
			};
		};
	};
	mandates_confirm: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["MandateResponse"];
				};
			};
		};
	};
	mandates_decline: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["MandateResponse"];
				};
			};
		};
	};
	mandates_revoke: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["MandateResponse"];
				};
			};
		};
	};
	claims_decide: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				claim: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["DecideClaimRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["ClaimResponse"];
				};
			};
		};
	};
	disputes_resolve: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				dispute: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ResolveDisputeRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["DisputeResponse"];
				};
			};
		};
	};
	operatorErasures_erase: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ErasePartyRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["ErasureResponse"];
				};
			};
		};
	};
	operatorKeys_list: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["RegistryKeyResponse"][];
				};
			};
		};
	};
	operatorKeys_add: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["AddRegistryKeyRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["RegistryKeyResponse"];
				};
			};
		};
	};
	operatorKeys_step: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				kid: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["StepRegistryKeyRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["RegistryKeyResponse"];
				};
			};
		};
	};
	operatorPasskeys_recover: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["RecoverPasskeysRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["RecoveredPasskeysResponse"];
				};
			};
		};
	};
	operatorVerifications_decide: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["DecideVerificationRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["DecidedVerificationResponse"];
				};
			};
		};
	};
	operatorSnapshots_list: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["SnapshotsResponse"];
				};
			};
		};
	};
	operatorSnapshots_make: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			202: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["PlannedSnapshotResponse"];
				};
			};
		};
	};
	operatorVerifications_revoke: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["RevokeVerificationRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["DecidedVerificationResponse"];
				};
			};
		};
	};
	parties_listOwn: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["PartyPageResponse"];
				};
			};
		};
	};
	parties_register: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["RegisterPartyRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["PartyResponse"];
				};
			};
		};
	};
	parties_get: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["PartyResponse"];
				};
			};
		};
	};
	parties_change: {
		parameters: {
			query?: never;
			header: {
				/** @description The ETag of the version that you read, so that nobody overwrites another’s change. */
				"If-Match": components["parameters"]["IfMatch"];
			};
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ChangePartyRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["PartyResponse"];
				};
			};
		};
	};
	feed_read: {
		parameters: {
			query?: {
				/** @description Only leaves after the one with this index; from the beginning, if unsaid. */
				after?: number;
				/** @description How many at most. */
				limit?: number;
			};
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["FeedResponse"];
				};
			};
		};
	};
	feed_markRead: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ReadMarkRequest"];
			};
		};
		responses: {
			/** @description Marked. */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	parties_addIdentifier: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["PartyIdentifierRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["PartyResponse"];
				};
			};
		};
	};
	parties_removeIdentifier: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
				scheme: string;
				value: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["PartyResponse"];
				};
			};
		};
	};
	mandates_listOf: {
		parameters: {
			query?: {
				/** @description Only mandates in which the party is on this side. */
				side?: "principal" | "representative";
				/** @description Only mandates in this state. */
				state?: "proposed" | "confirmed" | "declined" | "revoked";
			};
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["MandatePageResponse"];
				};
			};
		};
	};
	feed_settings: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["NoticeSettingsResponse"];
				};
			};
		};
	};
	feed_choose: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["NoticeSettingsRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["NoticeSettingsResponse"];
				};
			};
		};
	};
	passkeys_policy: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["PasskeyPolicyResponse"];
				};
			};
		};
	};
	passkeys_changePolicy: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["PasskeyPolicyRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["PasskeyPolicyResponse"];
				};
			};
		};
	};
	passkeys_list: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["PasskeysResponse"];
				};
			};
		};
	};
	passkeys_bind: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["BindPasskeyRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["PasskeyResponse"];
				};
			};
		};
	};
	passkeys_begin: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SignatureRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["BindingOptionsResponse"];
				};
			};
		};
	};
	passkeys_signingOptions: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SigningOptionsRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["SigningOptionsResponse"];
				};
			};
		};
	};
	passkeys_revoke: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
				passkey: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Revoked. */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	verifications_listOf: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["VerificationPageResponse"];
				};
			};
		};
	};
	verifications_start: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["StartVerificationRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["VerificationResponse"];
				};
			};
		};
	};
	webhooks_list: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["WebhooksResponse"];
				};
			};
		};
	};
	webhooks_create: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["CreateWebhookRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["WebhookSecretResponse"];
				};
			};
		};
	};
	webhooks_delete: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
				webhook: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Deleted. */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	webhooks_attempts: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
				webhook: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["AttemptsResponse"];
				};
			};
		};
	};
	webhooks_ping: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
				webhook: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["PingResponse"];
				};
			};
		};
	};
	webhooks_resume: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
				webhook: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["WebhookResponse"];
				};
			};
		};
	};
	webhooks_rotate: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path: {
				id: string;
				webhook: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["WebhookSecretResponse"];
				};
			};
		};
	};
	ranges_size: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["RangesResponse"];
				};
			};
		};
	};
	ranges_range: {
		parameters: {
			query?: {
				/** @description Whether the range is to be signed */
				receipt?: boolean;
				inquiry?: components["schemas"]["InquiryRequest"];
				unknownPolicy?: "deny" | "refer" | "allow_at_own_risk";
				purposes?: ("preservation" | "preservation.ingest" | "preservation.replicate" | "preservation.migrate" | "preservation.restore" | "preservation.metadata" | "preservation.transfer" | "access" | "access.onsite" | "access.research" | "access.accessible_format" | "access.preview" | "access.stream" | "access.download" | "ai" | "ai.search" | "ai.analyse" | "ai.train" | "ai.train.nongenerative" | "ai.train.generative" | "ai.train.finetune" | "ai.train.likeness" | "ai.evaluate" | "ai.input" | "ai.index" | "dataset.redistribute")[];
			};
			header?: {
				/** @description The size of the log as an earlier answer named it: the answer is from a log at least as large */
				"Fermata-Log-Size"?: string;
			};
			path: {
				bits: number;
				/** @description Those bits in hex, at least one digit; what is left of the last digit is 0 */
				prefix: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["RangeResponse"];
				};
			};
		};
	};
	sessions_list: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["SessionPageResponse"];
				};
			};
		};
	};
	sessions_signIn: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["SignInRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["OpenedSessionResponse"];
				};
			};
		};
	};
	sessions_signOut: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Ended. */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	sessions_revoke: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Ended. */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	claims_registerSong: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["RegisterSongRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["SongResponse"];
				};
			};
		};
	};
	consent_templates: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["TemplatesResponse"];
				};
			};
		};
	};
	verifications_get: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["VerificationResponse"];
				};
			};
		};
	};
	verifications_check: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["VerificationResponse"];
				};
			};
		};
	};
	consent_vocabulary: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["VocabularyResponse"];
				};
			};
		};
	};
	works_list: {
		parameters: {
			query: {
				/** @description The party whose registered works are listed. */
				party: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["WorkPageResponse"];
				};
			};
		};
	};
	works_register: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["RegisterWorkRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["WorkResponse"];
				};
			};
		};
	};
	works_read: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				work: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["WorkResponse"];
				};
			};
		};
	};
	works_describe: {
		parameters: {
			query?: never;
			header: {
				/** @description The ETag of the version that you read, so that nobody overwrites another’s change. */
				"If-Match": components["parameters"]["IfMatch"];
			};
			path: {
				work: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["DescribeWorkRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["WorkResponse"];
				};
			};
		};
	};
	claims_listOfWork: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				work: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["ClaimPageResponse"];
				};
			};
		};
	};
	preservation_hold: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				work: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["CustodyRequest"];
			};
		};
		responses: {
			/** @description Done. */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	preservation_release: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				work: string;
				party: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			204: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
	disputes_listOfWork: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				work: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["DisputePageResponse"];
				};
			};
		};
	};
	works_addIdentifier: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path: {
				work: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["IdentifierRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["WorkResponse"];
				};
			};
		};
	};
	works_removeIdentifier: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				work: string;
				scheme: string;
				value: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["WorkResponse"];
				};
			};
		};
	};
	works_addLink: {
		parameters: {
			query?: never;
			header?: {
				/** @description A name of your own for this request, for example a UUID. Sent again with the same request it gives the first answer again instead of making a second thing. */
				"Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
			};
			path: {
				work: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["LinkRequest"];
			};
		};
		responses: {
			/** @description Made. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["WorkResponse"];
				};
			};
		};
	};
	works_removeLink: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				work: string;
				kind: string;
				other: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["WorkResponse"];
				};
			};
		};
	};
	preservation_list: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				work: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["TriggersResponse"];
				};
			};
		};
	};
	preservation_declare: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				work: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["DeclareTriggerRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["TriggersResponse"];
				};
			};
		};
	};
	preservation_dissent: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				work: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["DissentRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["TriggersResponse"];
				};
			};
		};
	};
	preservation_object: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				work: string;
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				"application/json": components["schemas"]["ObjectRequest"];
			};
		};
		responses: {
			/** @description Done. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					"application/json": components["schemas"]["TriggersResponse"];
				};
			};
		};
	};
}
/** Where a POST is done once however often it is sent with one Idempotency-Key. */
export const KEYED_PATHS: ReadonlySet<string> = new Set([
	"/v1/accounts",
	"/v1/api-keys",
	"/v1/catalogues",
	"/v1/claims",
	"/v1/declarations",
	"/v1/declarations/{declaration}/withdrawal",
	"/v1/disputes",
	"/v1/holdings",
	"/v1/imports",
	"/v1/licences",
	"/v1/lookup-jobs",
	"/v1/mandates",
	"/v1/operator/keys",
	"/v1/operator/parties/{id}/verifications",
	"/v1/parties",
	"/v1/parties/{id}/identifiers",
	"/v1/parties/{id}/passkeys",
	"/v1/parties/{id}/verifications",
	"/v1/parties/{id}/webhooks",
	"/v1/parties/{id}/webhooks/{webhook}/secret",
	"/v1/songs",
	"/v1/works",
	"/v1/works/{work}/identifiers",
	"/v1/works/{work}/links"
]);
