import { basename } from 'node:path';
import { canonicalJson } from '#kernel';
import type { Ask } from '#lookup/domain';
import { digestFile } from '#snapshots';
import type { Checked } from './check-manifest.js';
import type { Answers } from './answers.js';

/**
 * What was checked against what, and what came of it, as canonical JSON (RFC 8785): no moment of its own
 * is in it, so the same manifest, snapshot and inquiry give the same bytes whoever checks again. A check that
 * asked a registry names when it was answered.
 */
export async function writeReport(
  checked: Checked,
  answers: Answers,
  ask: Ask,
  version: string,
): Promise<string> {
  const files = [];
  for (const path of checked.files) {
    files.push({ name: basename(path), ...(await digestFile(path)) });
  }
  const { purposes, unknownPolicy, inquiry } = ask;
  const report = {
    ...{ v: 1, type: 'fermata-check', tool: `fermata ${version}` },
    ...answers.describe(),
    ...{ purposes, unknownPolicy, inquiry: withoutAbsent(inquiry) },
    manifest: { files, columns: checked.columns },
    rows: checked.rows,
    unreadable: checked.unreadable,
    outcomes: checked.counts,
  };
  return `${canonicalJson(JSON.parse(JSON.stringify(report)))}\n`;
}

function withoutAbsent(inquiry: Ask['inquiry']): Record<string, unknown> {
  return Object.fromEntries(Object.entries(inquiry).filter(([, value]) => value !== undefined));
}
