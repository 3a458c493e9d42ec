import { useRef, useState } from 'preact/hooks'
import { t, t_code } from '../messages/index.ts'
import { RecordError } from '../state/index.ts'

/** A recording that takes longer shows that it runs. */
const SLOW_MS = 200

/** Runs one recording at a time: a second tap does nothing, and a failure says why in `failed`. */
export function useRecording() {
  const busy = useRef(false)
  const [running, set_running] = useState(false)
  const [failed, set_failed] = useState<unknown>(null)
  const run = async (record: () => Promise<unknown>): Promise<void> => {
    if (busy.current) return
    busy.current = true
    const slow = setTimeout(() => set_running(true), SLOW_MS)
    try {
      set_failed(null)
      await record() // Nothing is drawn meanwhile: the tick comes as soon as it may.
    } catch (error) {
      set_failed(error)
    }
    clearTimeout(slow)
    busy.current = false
    set_running(false)
  }
  return { running, failed, run }
}

/** Why nothing was recorded, in words. */
export const failure = (error: unknown): string =>
  (error instanceof RecordError && t_code('error', error.code)) || t('error_storage_failed')
