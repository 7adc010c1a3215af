namespace MailAppliance.Boards
{
    /// <summary>Letters of five columns of seven dots, for displays that have none of their own.</summary>
    internal static class Font
    {
        /// <summary>Columns of a letter; one more is left between two.</summary>
        internal const int Columns = 5;

        /// <summary>The first letter that there is.</summary>
        internal const int First = 32;

        /// <summary>How many there are: printable ASCII.</summary>
        internal const int Count = 95;

        private const string Digits = "0123456789ABCDEF";

        // Two digits a column, the lowest bit is the dot at the top.
        private const string Letters =
            "000000000000005F00000007000700147F147F14242A7F2A12231308646236495522500005030000" // space to '
            + "001C2241000041221C002A1C7F1C2A08083E08080050300000080808080800606000002010080402" // ( to /
            + "3E5149453E00427F400042615149462141454B311814127F1027454545393C4A4949300171090503" // 0 to 7
            + "3649494936064949291E003636000000563600000814224100141414141400412214080201510906" // 8 to ?
            + "324979413E7E1111117E7F494949363E414141227F4141221C7F494949417F090909013E4149497A" // @ to G
            + "7F0808087F00417F41002040413F017F081422417F404040407F020C027F7F0408107F3E4141413E" // H to O
            + "7F090909063E4151215E7F09192946464949493101017F01013F4040403F1F2040201F3F4038403F" // P to W
            + "631408146307087008076151494543007F41410002040810200041417F0004020102044040404040" // X to _
            + "000102040020545454787F484444383844444420384444487F3854545418087E0901020C5252523E" // ` to g
            + "7F0804047800447D40002040443D007F1028440000417F40007C041804787C080404783844444438" // h to o
            + "7C14141408081414187C7C080404084854545420043F4440203C4040207C1C2040201C3C4030403C" // p to w
            + "44281028440C5050503C4464544C44000836410000007F000000413608001008081008"; // x to ~

        /// <summary>Makes the table; it takes 475 octets, so only where there is a display.</summary>
        /// <returns>A letter's columns, from (letter - <see cref="First"/>) * <see cref="Columns"/> on.</returns>
        internal static byte[] Make()
        {
            char[] digits = Letters.ToCharArray();
            byte[] table = new byte[Count * Columns];
            for (int at = 0; at < table.Length; at++)
            {
                table[at] = (byte)((Digits.IndexOf(digits[2 * at]) << 4) | Digits.IndexOf(digits[(2 * at) + 1]));
            }

            return table;
        }
    }
}
