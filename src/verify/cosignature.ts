/** What a witness signs: that at `time` this was the largest consistent tree it had seen. */
export function cosignedMessage(text: string, time: bigint): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);
}

/** The line that carries a cosignature: `signature` is over {@link cosignedMessage}. */
export function cosignatureLine(
  key: { readonly name: string; readonly id: string },
  time: bigint,
  signature: Uint8Array,
): string {
  const stamped = Buffer.alloc(8);
  stamped.writeBigUInt64BE(time);
  const bytes = Buffer.concat([Buffer.from(key.id, 'hex'), stamped, signature]);
  return `— ${key.name} ${bytes.toString('base64')}\n`;
}
