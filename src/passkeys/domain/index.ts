export {
  type AuthorisationCheck,
  type AuthorisationDocument,
  type AuthorisationEvidence,
  checkAuthorisation,
} from './check-authorisation.js';
export {
  type AssertionBytes,
  assertionDigest,
  credentialCommitment,
  statementChallenge,
} from './commitments.js';
export { readCredentialKey } from './cose-key.js';
export { type BrowserCredential, readCredential, readTransports } from './read-credential.js';
export { type StatedStream, type Statement, statementText } from './statement.js';
