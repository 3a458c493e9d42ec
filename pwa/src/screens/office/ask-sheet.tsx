import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t, t_code } from '../../messages/people.ts'
import { t_code as staff_code } from '../../messages/staff.ts'
import { StaffError } from '../../state/staff.ts'
import { Button } from '../../ui/button.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { FormSheet } from '../form-sheet.tsx'

/** Runs one request at a time; `failed` has why it was refused. */
export function useAsking() {
  const [running, set_running] = useState(false)
  const [failed, set_failed] = useState<StaffError | null>(null)
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (running) return false
    set_running(true)
    set_failed(null)
    try {
      await work()
      return true
    } catch (error) {
      set_failed(error instanceof StaffError ? error : new StaffError('other'))
      return false
    } finally {
      set_running(false)
    }
  }
  return { running, failed, run }
}

/** Why nothing was done, in words: what is wrong with the first field, or with the network. */
export function why_not(error: unknown): string {
  if (!(error instanceof StaffError)) return t('failed')
  const codes = Object.values((error.errors ?? {}) as Record<string, unknown>)[0]
  const code = Array.isArray(codes) ? String(codes[0]) : ''
  return t_code('wrong', code) ?? staff_code('error', error.code) ?? t('failed')
}

/** A sheet that asks and explains before something is done on line, and says why when it was not. */
export function AskSheet<Result>(props: {
  title: string
  action: string
  icon: IconName
  lacks?: string | null
  words?: (error: StaffError) => string
  work: () => Promise<Result>
  onDone: (result: Result) => void
  onClose: () => void
  children: ComponentChildren
}) {
  return (
    <FormSheet
      title={props.title}
      action={props.action}
      icon={props.icon}
      lacks={props.lacks}
      doing={useAsking()}
      words={props.words ?? why_not}
      work={async () => props.onDone(await props.work())}
      onClose={props.onClose}
      foot={
        <Button kind="quiet" icon="back" onClick={props.onClose}>
          {t('cancel')}
        </Button>
      }
    >
      {props.children}
    </FormSheet>
  )
}
