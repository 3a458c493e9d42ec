import { useRef, useState } from 'preact/hooks'
import { t, t_code } from '../messages/index.ts'
import { RecordError } from '../state/index.ts'

/** Runs one recording at a time: a second tap does nothing, and a failure says why in `failed`. */
export function useRecording() {
  const busy = useRef(false)
  const [running, set_running] = useState(false)
  const [failed, set_failed] = useState<unknown>(null)
  const run = async (record: () => Promise<unknown>): Promise<void> => {
    if (busy.current) return
    busy.current = true
    try {
      const recorded = record() // On its way to the disk before anything is drawn.
      set_running(true)
      set_failed(null)
      await recorded
    } catch (error) {
      set_failed(error)
    }
    busy.current = false
    set_running(false)
  }
  return { running, failed, run }
}

/** Why nothing was recorded, in words. */
export const failure = (error: unknown): string =>
  (error instanceof RecordError && t_code('error', error.code)) || t('error_storage_failed')
