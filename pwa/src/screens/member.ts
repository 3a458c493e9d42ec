/** The member's screens beside selling: not needed for the first sale, so loaded after it can be made. */
import '../styles/book.css'
import '../styles/screens.css'
import '../styles/send.css'
import { draw_more } from '../ui/icon.tsx'
import { MORE_ICONS } from '../ui/more_icons.ts'

draw_more(MORE_ICONS)

export { Account, PasswordAgain } from './account.tsx'
export { Book } from './book.tsx'
export { CorrectSale } from './correct-sale.tsx'
export { CreditFields } from './credit-fields.tsx'
export { FirstSync } from './first-sync.tsx'
export { Goods } from './goods.tsx'
export { Listing } from './listing.tsx'
export { NewListing } from './listing-form.tsx'
export { Sale } from './sale.tsx'
export { SellOther } from './sell-other.tsx'
export { Send } from './send.tsx'
export { SignIn } from './sign-in.tsx'
