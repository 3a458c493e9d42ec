import { t, t_code } from '../../messages/reports.ts'
import { StaffError } from '../../state/staff.ts'
import type { Step } from '../../state/steps.ts'
import { Button } from '../../ui/button.tsx'

/** How far long work is, and the way to stop it. */
export function Working(props: { step: Step | null; words: 'making' | 'taking'; onStop?: () => void }) {
  const { step, words, onStop } = props
  return (
    <div class="stack working">
      <progress
        {...(step ? { value: step.rows, max: Math.max(step.total, 1) } : {})}
        aria-label={t('making_begins')}
      />
      <p aria-live="polite">{step ? t(words, { rows: step.rows, total: step.total }) : t('making_begins')}</p>
      {onStop && (
        <Button icon="close" onClick={onStop}>
          {t('cancel')}
        </Button>
      )}
    </div>
  )
}

/** Why something at the server did not work. */
export const error_words = (error: unknown): string =>
  t_code('error', error instanceof StaffError ? error.code : 'other') ?? t('error_other')
