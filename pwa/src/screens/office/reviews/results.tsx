import { t, t_code } from '../../../messages/reviews.ts'
import type { Result } from '../../../state/reviews.ts'
import { Banner } from '../../../ui/banner.tsx'

/** What became of what was just decided; of several, what could not be. */
export function Results({ results }: { results: readonly Result[] }) {
  const failed = results.filter(({ code }) => code)
  const done = results.length - failed.length
  const why = [...new Set(failed.map(({ code = '' }) => t_code('failed', code) ?? t('failed_other')))]
  return (
    <>
      {done > 0 && (
        <Banner tone="good" icon="check">
          {t('decided_n', { n: done })}
        </Banner>
      )}
      {failed.length > 0 && (
        <Banner tone="warn" icon="alert">
          {t('undecided_n', { n: failed.length })} {why.join(' ')}
        </Banner>
      )}
    </>
  )
}
