import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../messages/accounts.ts'
import { unlock } from '../state/people.ts'
import { pin_wait } from '../state/pin.ts'
import { Icon } from '../ui/icon.tsx'
import { PinPad } from './pin.tsx'

interface EnterPinProps {
  id: string
  name: string
  digits: number | null
  onDone: () => void
}

/** Looks as soon as the last digit is there; after too many wrong ones it waits, in words. */
export function EnterPin({ id, name, digits, onDone }: EnterPinProps) {
  const [pin, set_pin] = useState('')
  const [opening, set_opening] = useState(false)
  const [wrong, set_wrong] = useState(false)
  const [wait, set_wait] = useWait(id)
  const alert = useRef<HTMLDivElement>(null)
  const enter = async (typed: string) => {
    set_pin(typed)
    if (typed.length !== digits || opening) return
    set_opening(true)
    const result = await unlock(id, typed)
    set_opening(false)
    set_pin('')
    if (result.ok) return onDone()
    set_wrong(result.code === 'wrong_pin')
    alert.current?.scrollIntoView({ block: 'center' })
    set_wait(result.wait_ms)
  }
  return (
    <>
      <div role="alert" ref={alert}>
        {wrong && !pin && (
          <p class="banner bad">
            <Icon name="alert" />
            <span>{t('wrong_pin')}</span>
          </p>
        )}
      </div>
      {wait > 0 && (
        <p class="banner warn" role="timer">
          <Icon name="clock" />
          <span>{t('wait', { time: span(wait) })}</span>
        </p>
      )}
      <PinPad
        label={t('pin_of', { name })}
        pin={pin}
        disabled={opening || wait > 0}
        onPin={(typed) => void enter(typed)}
      />
    </>
  )
}

/** Milliseconds until the next try, by the phone's clock; looked at again on the disk at the end, or when it was set. */
function useWait(user_id: string): [number, (wait_ms: number) => void] {
  const [wait, set_wait] = useState(0)
  const look = () => void pin_wait(user_id).then(set_wait)
  useEffect(look, [user_id])
  useEffect(() => {
    if (wait <= 0) return
    const until_ms = Date.now() + wait
    const timer = setTimeout(
      () => {
        const left_ms = until_ms - Date.now()
        if (left_ms <= 0 || left_ms > wait) look()
        else set_wait(left_ms)
      },
      Math.min(wait, 1_000),
    )
    return () => clearTimeout(timer)
  }, [wait])
  return [wait, set_wait]
}

const span = (ms: number): string =>
  ms > 60_000
    ? t('minutes', { n: Math.ceil(ms / 60_000) })
    : t('seconds', { n: Math.max(1, Math.ceil(ms / 1_000)) })
