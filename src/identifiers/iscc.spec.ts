import { describe, expect, it } from '@jest/globals';
import { decodeIscc, iscc, type IsccStructure } from './iscc.js';

function decoded(code: string): IsccStructure {
  const structure = decodeIscc(code);
  if ('ok' in structure) throw new Error(structure.detail);
  return structure;
}

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('decodeIscc', () => {
  it.each([
    ['EIAQAAAAAAAAAAAA', 'CONTENT', 'AUDIO', 64, '0000000000000000'],
    ['EIBQAAAAAEAAAAABAAAAAAAAAAAAA', 'CONTENT', 'AUDIO', 128, '0000000100000001'],
    [
      'EIDWUJFCEZZOJYVDHJHIRB3KQSQCM2REUITDUTVAQNRGJIRENCCCULY',
      'CONTENT',
      'AUDIO',
      256,
      '6a24a22672e4e2a3',
    ],
    ['IAA26E2JXH27TING', 'INSTANCE', 'NONE', 64, 'af1349b9f5f9a1a6'],
    ['GAASL4F2WZY7KBXB', 'DATA', 'NONE', 64, ''],
    ['AAAYPXW445FTYNJ3', 'META', 'NONE', 64, ''],
    ['EAARMJLTQCUWAND2', 'CONTENT', 'TEXT', 64, ''],
    ['GABVVC5DMJJGYKZ4ZBYVNYABFFYXG', 'DATA', 'NONE', 128, ''],
    ['IADWIK7A7JTUAQ2D6QARX7OBEIK3OOUAM42LOBLCZ4ZOGDLRHMDL6TQ', 'INSTANCE', 'NONE', 256, ''],
  ])('reads the unit %s as %s-%s of %i bits', (code, mainType, subType, bits, bodyStart) => {
    const structure = decoded(code);
    expect(structure).toMatchObject({ mainType, subType, version: 0, bodyLengthBits: bits });
    expect(structure.body.length * 8).toBe(bits);
    expect(hexOf(structure.body).startsWith(bodyStart)).toBe(true);
  });

  it('finds in a composite the units that it was made of, each cut to 64 bits', () => {
    const units = [
      'AAAYPXW445FTYNJ3',
      'EAARMJLTQCUWAND2',
      'GABVVC5DMJJGYKZ4ZBYVNYABFFYXG',
      'IADWIK7A7JTUAQ2D6QARX7OBEIK3OOUAM42LOBLCZ4ZOGDLRHMDL6TQ',
    ].map((code) => hexOf(decoded(code).body).slice(0, 16));

    const whole = decoded('KACYPXW445FTYNJ3CYSXHAFJMA2HUWULUNRFE3BLHRSCXYH2M5AEGQY');
    expect(whole).toMatchObject({ mainType: 'ISCC', subType: 'TEXT', bodyLengthBits: 256 });
    expect(whole.units).toEqual(['META', 'CONTENT', 'DATA', 'INSTANCE']);
    expect(hexOf(whole.body)).toBe(units.join(''));

    const withoutMeta = decoded('KAARMJLTQCUWAND2LKF2GYSSNQVTYZBL4D5GOQCDIM');
    expect(withoutMeta.units).toEqual(['CONTENT', 'DATA', 'INSTANCE']);
    expect(hexOf(withoutMeta.body)).toBe(units.slice(1).join(''));

    const sum = decoded('KUAFVC5DMJJGYKZ4MQV6B6THIBBUG');
    expect(sum).toMatchObject({ subType: 'SUM', units: ['DATA', 'INSTANCE'], bodyLengthBits: 128 });
    expect(hexOf(sum.body)).toBe(units.slice(2).join(''));
  });

  it.each([
    ['a digit outside base32', 'EIAQAAAAAAAAAAA0', 'wrong_form'],
    ['a 1', 'EIAQAAAAAAAAAAA1', 'wrong_form'],
    ['an 8', 'EIAQAAAAAAAAAAA8', 'wrong_form'],
    ['a 9', 'EIAQAAAAAAAAAAA9', 'wrong_form'],
    ['a last character that ends inside a byte', 'EIAQAAAAAAA', 'wrong_form'],
    ['a body shorter than announced by whole bytes', 'EIAQAAAAAAAA', 'wrong_length'],
    ['a body longer than announced', 'IAA26E2JXH27TINGAAAAAAAA', 'wrong_length'],
    ['two units in a row', 'AAAYPXW445FTYNJ3EAARMJLTQCUWAND2', 'wrong_length'],
    ['a main type above 7', 'QAAQAAAAAAAAAAAA', 'wrong_form'],
    ['an unknown sub type', 'EUAQAAAAAAAAAAAA', 'wrong_form'],
    ['an unknown version', 'EIIQAAAAAAAAAAAA', 'wrong_form'],
    ['a second spelling of the same bytes', 'GABVVC5DMJJGYKZ4ZBYVNYABFFYXH', 'wrong_form'],
    ['a SUM with a Meta unit', 'KUCFVC5DMJJGYKZ4MQV6B6THIBBUG', 'wrong_form'],
    ['nothing but the header', 'EIAQ', 'wrong_length'],
  ])('refuses %s', (_, code, reason) => {
    expect(decodeIscc(code)).toMatchObject({ ok: false, reason });
  });
});

describe('iscc', () => {
  it('accepts small letters and the prefix in any case', () => {
    expect(iscc.parse(' Iscc:gaasl4f2wzy7kbxb ')).toMatchObject({
      ok: true,
      value: 'GAASL4F2WZY7KBXB',
      repaired: true,
    });
  });
});
