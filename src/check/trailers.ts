/** What a commit message says to the check, in its last paragraph. */
export interface TermsTrailers {
  readonly reason?: string;
  readonly purpose?: string;
}

/**
 * Reads `Terms-Reason:` and `Terms-Purpose:`, in any case of letters, from the last paragraph of a message. A value goes on in lines that
 * begin with a blank, and of several the last counts. Comments (`#`), and what stands below git's scissors, are left out.
 */
export function termsTrailers(message: string): TermsTrailers {
  const written = message.split(/^# -{8,} >8 -{8,}$/m)[0] ?? '';
  const lines = written.split(/\r?\n/).filter((line) => !line.startsWith('#'));
  const [last = ''] = lines
    .join('\n')
    .split(/\n[ \t]*\n/)
    .filter((paragraph) => paragraph.trim() !== '')
    .slice(-1);
  const unfolded = last.replace(/\n[ \t]+/g, ' ').split('\n');
  const value = (name: string): string | undefined => {
    const found = unfolded.findLast((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    const text = found?.slice(name.length + 1).trim();
    return text === '' ? undefined : text;
  };
  const reason = value('Terms-Reason');
  const purpose = value('Terms-Purpose');
  return { ...(reason === undefined ? {} : { reason }), ...(purpose === undefined ? {} : { purpose }) };
}
