/** Its author has read it: it no longer asks for anything. It stays in the server's log. */
export async function dismiss_refused(_at: string): Promise<void> {}
/** Records it anew with these fields changed; what was refused is dealt with in the same transaction. */
export async function mend_refused(_at: string, _changes: Record<string, unknown>): Promise<void> {}
