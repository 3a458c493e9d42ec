/** The member's screens beside selling: not needed for the first sale, so loaded after it can be made. */
import '../styles/screens.css'

export { Account, PasswordAgain } from './account.tsx'
export { Book } from './book.tsx'
export { CorrectSale } from './correct-sale.tsx'
export { FirstSync } from './first-sync.tsx'
export { Goods } from './goods.tsx'
export { Listing } from './listing.tsx'
export { NewListing } from './listing-form.tsx'
export { Sale } from './sale.tsx'
export { SellOther } from './sell-other.tsx'
export { Send } from './send.tsx'
export { SignIn } from './sign-in.tsx'
