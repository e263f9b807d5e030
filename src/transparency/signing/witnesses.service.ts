import { readFile } from 'node:fs/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config, ConfigError } from '#platform';
import { isSignatureLineOf, missingForQuorum, parseNote, parsePolicy, type Policy } from '#verify';

/** A witness that takes longer is left out of this checkpoint. */
const WITNESS_MS_MAX = 3_000;
const ANSWER_BYTES_MAX = 64 * 1024;

/**
 * Collects the cosignatures of the witnesses that LOG_POLICY names (c2sp.org/tlog-witness). Where the
 * policy asks for a quorum, a checkpoint without one is not published.
 */
@Injectable()
export class Witnesses implements OnModuleInit {
  private policy: Promise<Policy | null> | null = null;
  /** By witness: the size that it cosigned last, as it told us. */
  private readonly sizes = new Map<string, number>();

  constructor(private readonly config: Config) {}

  /** Refuses to start with a policy that can't be read: nothing would be published under it. */
  async onModuleInit(): Promise<void> {
    await this.readPolicy().catch((error: unknown) => {
      throw new ConfigError(`${(error as Error).message}.`);
    });
  }

  /** The note with the cosignatures that came in time. Throws where the quorum is not reached. */
  async cosign(note: string, prove: (from: number) => Promise<readonly Buffer[]>): Promise<string> {
    const policy = await (this.policy ??= this.readPolicy().catch((error: unknown) => {
      this.policy = null;
      throw error;
    }));
    if (!policy) return note;
    const parsed = parseNote(note);
    if (!parsed.ok) throw new Error(parsed.reason);
    const { text } = parsed.value;
    const lines = await Promise.all(
      policy.witnesses.map(async (one) => {
        const answer = one.url ? await this.ask(one.name, one.url, note, prove) : [];
        // Each by itself: a witness that answers nonsense must not spoil what the others signed.
        return answer.find((line) => isSignatureLineOf(one.key, line, text)) ?? null;
      }),
    );
    const cosigned = policy.witnesses.filter((_, at) => lines[at] !== null);
    const missing = missingForQuorum(policy, new Set(cosigned.map(({ name }) => name)));
    if (missing !== null) {
      throw new Error(`The witnesses did not cosign as LOG_POLICY asks: ${missing}`);
    }
    return note + lines.map((line) => (line === null ? '' : `${line}\n`)).join('');
  }

  private async readPolicy(): Promise<Policy | null> {
    const { LOG_POLICY } = this.config;
    if (!LOG_POLICY) return null;
    const file = await readFile(LOG_POLICY).catch((error: Error) => {
      throw new Error(`LOG_POLICY ${LOG_POLICY} can’t be read: ${error.message}`);
    });
    const policy = parsePolicy(file);
    if (!policy.ok) throw new Error(`LOG_POLICY ${LOG_POLICY}: ${policy.reason}`);
    return policy.value;
  }

  /** The signature lines of one witness, none where it does not answer as it should. */
  private async ask(
    name: string,
    url: string,
    note: string,
    prove: (from: number) => Promise<readonly Buffer[]>,
  ): Promise<string[]> {
    try {
      // A witness that knows another size says so once, and is asked again from there.
      for (let attempt = 0; attempt < 2; attempt += 1) {
        const from = this.sizes.get(name) ?? 0;
        const proof = (await prove(from)).map((hash) => `${hash.toString('base64')}\n`).join('');
        const answer = await fetch(`${url.replace(/\/$/, '')}/add-checkpoint`, {
          method: 'POST',
          body: `old ${from}\n${proof}\n${note}`,
          redirect: 'error',
          signal: AbortSignal.timeout(WITNESS_MS_MAX),
        });
        const text = (await answer.text()).slice(0, ANSWER_BYTES_MAX);
        if (answer.status === 200) {
          this.sizes.set(name, sizeOf(note));
          return text.split('\n');
        }
        if (answer.status !== 409 || !/^\d{1,15}\n$/.test(text)) return [];
        this.sizes.set(name, Number(text));
      }
    } catch {
      // Out of reach is no answer; whether it was needed is for the policy to say.
    }
    return [];
  }
}

function sizeOf(note: string): number {
  return Number(note.split('\n', 2)[1]);
}
