using System;

namespace MailAppliance.Tools.Fuzz.Text
{
    /// <summary>A network and what it may do.</summary>
    /// <param name="Address">Its 128 bits.</param>
    /// <param name="Bits">How many of them count.</param>
    /// <param name="Rights">What it may do.</param>
    internal sealed record AccessEntry(UInt128 Address, int Bits, int Rights)
    {
        /// <summary>Whether an address is in it.</summary>
        /// <param name="address">The address.</param>
        /// <returns>True where it is.</returns>
        internal bool Holds(UInt128 address)
        {
            return Bits == 0 || (address ^ Address) >> (128 - Bits) == 0;
        }
    }
}
