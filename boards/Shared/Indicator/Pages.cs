namespace MailAppliance.Boards
{
    /// <summary>What is on each page of the display: how it is, the maildrops, and what is wrong where something is.</summary>
    internal sealed class Pages
    {
        /// <summary>Maildrops of one page.</summary>
        internal const int MaildropsOfAPage = PageText.LineCount - 2;

        private const int LastLine = PageText.LineCount - 1;
        private const int NumberColumns = 6;

        private readonly Condition _condition;

        /// <summary>Makes them.</summary>
        /// <param name="condition">What is shown.</param>
        internal Pages(Condition condition)
        {
            _condition = condition;
        }

        /// <summary>How many there are now.</summary>
        internal int Count
        {
            get { return 1 + MaildropPages + (_condition.Fault == Condition.Well ? 0 : 1); }
        }

        private int MaildropPages
        {
            get { return (_condition.MaildropCount + MaildropsOfAPage - 1) / MaildropsOfAPage; }
        }

        /// <summary>Writes a page.</summary>
        /// <param name="page">Its index.</param>
        /// <param name="text">Takes it.</param>
        internal void Write(int page, PageText text)
        {
            text.Clear();
            if (page == 0)
            {
                WriteState(text);
            }
            else if (page <= MaildropPages)
            {
                WriteMaildrops((page - 1) * MaildropsOfAPage, text);
            }
            else
            {
                WriteFault(text);
            }

            text.At(LastLine).Add("page ").Add(page + 1).Add(" of ").Add(Count);
        }

        private void WriteState(PageText text)
        {
            text.At(0).Add(_condition.Host, PageText.ColumnCount);
            text.At(1);
            if (_condition.Address == null)
            {
                text.Add("no address");
            }
            else
            {
                text.Add(_condition.Address, PageText.ColumnCount);
            }

            text.At(2).Add("mail waiting").AddRight(_condition.WaitingCount, "");
            text.At(3).Add("ring").AddRight(_condition.UsePercent, " %");
            text.At(4).Add("senders").AddRight(_condition.SenderCount, "");
            text.At(5).Add("readers").AddRight(_condition.ReaderCount, "");
            text.At(6).Add(_condition.Fault == Condition.Well ? "all is well" : "FAULT: see last page");
        }

        private void WriteMaildrops(int first, PageText text)
        {
            text.At(0).Add("mail waiting for");
            for (int row = 0; row < MaildropsOfAPage && first + row < _condition.MaildropCount; row++)
            {
                int maildrop = first + row;
                text.At(row + 1).Add(_condition.NameOf(maildrop), PageText.ColumnCount - NumberColumns).AddRight(_condition.MessagesOf(maildrop), "");
            }
        }

        private void WriteFault(PageText text)
        {
            text.At(0).Add("FAULT");
            string words = _condition.FaultWords;
            if (words != null)
            {
                text.At(1).AddWrapped(words, LastLine - 1);
            }
        }
    }
}
