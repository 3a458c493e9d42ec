import { t, t_code } from '../../messages/money_staff.ts'
import { t_code as t_staff_code } from '../../messages/staff.ts'
import { StaffError } from '../../state/staff.ts'

/** Why nothing was done, in words: the server's own code first, then that of the connection. */
export function error_words(error: unknown): string {
  if (!(error instanceof StaffError)) return t('error_other')
  for (const code of codes_in(error.errors)) {
    const words = t_code('error', code)
    if (words) return words
  }
  return t_staff_code('error', error.code) ?? t('error_other')
}

/** Every code in an answer's errors, however deep. */
function codes_in(errors: unknown): string[] {
  if (typeof errors === 'string') return [errors]
  return typeof errors === 'object' && errors !== null ? Object.values(errors).flatMap(codes_in) : []
}
