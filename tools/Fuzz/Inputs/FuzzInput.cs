namespace MailAppliance.Tools.Fuzz.Inputs
{
    /// <summary>What a target is fed with.</summary>
    internal sealed class FuzzInput
    {
        /// <summary>Makes one.</summary>
        /// <param name="octets">The octets; kept, and not changed any more.</param>
        /// <param name="plan">How the world around behaves.</param>
        internal FuzzInput(byte[] octets, int plan)
        {
            Octets = octets;
            Plan = plan;
        }

        /// <summary>What a peer, a file or a card holds.</summary>
        internal byte[] Octets { get; }

        /// <summary>What the store answers, how it is cut, when the peer falls silent: fields of a few bits that a target reads. 0 is a
        /// world in which all goes well.</summary>
        internal int Plan { get; }
    }
}
