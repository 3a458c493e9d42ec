import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { t, t_code } from '../../messages/staff.ts'
import type { Kept } from '../../state/kept.ts'
import { StaffError } from '../../state/staff.ts'
import { Banner, Empty } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { date_time } from '../../ui/format.ts'

export interface Fetched<T> {
  value: T | null
  failed: StaffError | null
  again: () => void
}

/** What the server answers, asked again when `key` changes. While the next answer is awaited the last one stays. */
export function useFetched<T>(fetch: () => Promise<T>, key: string): Fetched<T> {
  const [state, set_state] = useState<{ value: T | null; failed: StaffError | null }>({
    value: null,
    failed: null,
  })
  const [tries, set_tries] = useState(0)
  useEffect(() => {
    let current = true
    fetch().then(
      (value) => current && set_state({ value, failed: null }),
      (error: unknown) =>
        current &&
        set_state({ value: null, failed: error instanceof StaffError ? error : new StaffError('other') }),
    )
    return () => {
      current = false
    }
  }, [key, tries])
  const again = () => set_tries(tries + 1)
  // Back on line, what is old or not there is asked for again.
  const is_kept = Boolean((state.value as Partial<Kept<T>> | null)?.kept_at_ms)
  useEffect(() => {
    if (!state.failed && !is_kept) return
    addEventListener('online', again)
    return () => removeEventListener('online', again)
  }, [state, tries])
  return { ...state, again }
}

/** Loading, failed or there. */
export function Shown<T>(props: { fetched: Fetched<T>; children: (value: T) => ComponentChildren }) {
  const { value, failed, again } = props.fetched
  if (failed)
    return (
      <Empty
        icon={failed.code === 'needs_password' ? 'lock' : 'offline'}
        action={<Button onClick={again}>{t('try_again')}</Button>}
      >
        {t_code('error', failed.code) ?? t('error_other')}
      </Empty>
    )
  if (value === null) return <Empty icon="clock">{t('loading')}</Empty>
  return <>{props.children(value)}</>
}

/** Says that what is shown was fetched then, since the server cannot be reached now; nothing where it is of now. */
export const KeptFrom = (props: { kept_at_ms: number | null; also?: string | undefined }) =>
  props.kept_at_ms === null ? null : (
    <Banner tone="warn" icon="offline">
      {t('kept_from', { time: date_time(props.kept_at_ms) })} {props.also}
    </Banner>
  )

/** The same of what a manager can read without a network: what was fetched last, and when. */
export function ShownKept<T>(props: {
  fetched: Fetched<Kept<T>>
  /** What cannot be done then. */
  also?: string
  children: (value: T, is_kept: boolean) => ComponentChildren
}) {
  return (
    <Shown fetched={props.fetched}>
      {({ answer, kept_at_ms }) => (
        <>
          <KeptFrom kept_at_ms={kept_at_ms} also={props.also} />
          {props.children(answer, kept_at_ms !== null)}
        </>
      )}
    </Shown>
  )
}
