import type { ProblemKinds } from '#kernel';

export const IMPORTS_PROBLEMS = {
  'imports/not-found': {
    status: 404,
    title: 'No such import',
    help: 'There is no import with this id, or it is not yours to see.',
  },
  'imports/unreadable': {
    status: 422,
    title: 'The file can’t be read as a catalogue',
    help: '`detail` says what is wrong with the file as a whole, `hint` what to do, `columns` which columns were found. Nothing was stored. Rows with faults never lead here: they are explained one by one.',
  },
  'imports/digest-mismatch': {
    status: 400,
    title: 'The file is not the one that Content-Digest names',
    help: 'Bytes were lost or changed on the way, or the header belongs to another file. Send the file again.',
  },
  'imports/mandate-limited': {
    status: 403,
    title: 'The mandate does not reach that far',
    help: 'A mandate for some purposes or territories alone does not cover a whole template. Import without a template, then declare what the mandate covers on the catalogue.',
  },
} as const satisfies ProblemKinds;
