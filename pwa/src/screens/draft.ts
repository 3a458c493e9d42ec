import { useEffect, useRef, useState } from 'preact/hooks'
import { drop_draft, read_draft, save_draft } from '../state/index.ts'

/**
 * What is typed in a form, as it was if the page was killed meanwhile: a camera takes all the memory of a small phone, and so
 * may any other app. Kept whenever the page goes out of sight, and before a camera opens; dropped when the form is left.
 * `typed` is null until that was looked up.
 */
export function useDraft<Typed>(name: string, empty: Typed, on_kept: (kept: Typed) => void) {
  const [typed, set_typed] = useState<Typed | null>(null)
  const latest = useRef<Typed>(empty)
  const change = (typed: Typed): void => {
    latest.current = typed
    set_typed(typed)
  }
  /** Kept as well as may be: a full disk must not keep anybody from going on. */
  const keep = (besides?: Partial<Typed>): Promise<void> => {
    latest.current = { ...latest.current, ...besides }
    return save_draft(name, latest.current).catch(() => {})
  }
  useEffect(() => {
    read_draft(name)
      .then((kept) => {
        if (kept) on_kept(kept as Typed)
        change({ ...empty, ...(kept as Partial<Typed> | undefined) })
      })
      .catch(() => change(empty))
    const on_hidden = () => {
      if (document.visibilityState === 'hidden') void keep()
    }
    document.addEventListener('visibilitychange', on_hidden)
    return () => {
      document.removeEventListener('visibilitychange', on_hidden)
      void drop_draft(name).catch(() => {})
    }
  }, [name])
  return { typed, change, keep }
}
