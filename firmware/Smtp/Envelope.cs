using System;
using MailAppliance.Configuration;
using MailAppliance.Core;

namespace MailAppliance.Smtp
{
    /// <summary>What a session knows of its peer and of the mail transaction: name, reverse-path, recipients.</summary>
    /// <remarks>Everything here is fit for a header: what could break a field is kept out or replaced when it is put in.</remarks>
    public sealed class Envelope
    {
        /// <summary>Octets of a path's mailbox, without brackets.</summary>
        public const int MailboxOctetsMax = Limits.PathOctetsMax - 2;

        private const byte Substitute = (byte)'?';

        /// <summary>
        /// The peer's name, the reverse-path and the first recipient, one behind the other: room for the first two at their
        /// longest, and so in practice for all three.
        /// </summary>
        public readonly byte[] Names = new byte[Limits.DomainOctetsMax + MailboxOctetsMax];

        /// <summary>Octets at the begin of <see cref="Names"/> that are what the peer called itself in EHLO or HELO, with whatever is
        /// unfit for a Received field replaced by <c>?</c>; 0 where the peer gave no name. A longer name is cut.</summary>
        public int HeloCount;

        /// <summary>Whether the peer said EHLO.</summary>
        public bool IsExtended;

        /// <summary>Whether the peer has logged in.</summary>
        public bool IsLoggedIn;

        /// <summary>Whether the connection speaks TLS.</summary>
        public bool IsSecure;

        /// <summary>Where in <see cref="Names"/> the reverse-path's mailbox is, without brackets and source route, as it came.</summary>
        public int ReversePathOffset;

        /// <summary>Octets of the reverse-path's mailbox; 0 for the null reverse-path.</summary>
        public int ReversePathCount;

        /// <summary>Where in <see cref="Names"/> the first recipient's mailbox is, without brackets and source route, as it came.</summary>
        public int ForwardPathOffset;

        /// <summary>Octets of it; 0 where it was too long to be kept, since only a trace field tells it.</summary>
        public int ForwardPathCount;

        /// <summary>RCPTs accepted, those that name a maildrop once more included.</summary>
        public int RecipientCount;

        /// <summary>The maildrops that get the mail: word i, bit b is maildrop 32 i + b of the configuration.</summary>
        public readonly int[] Recipients;

        /// <summary>Whether MAIL said SMTPUTF8 (RFC 6531).</summary>
        public bool IsUtf8;

        /// <summary>Whether a trace field can name the recipient: there is one, so that no blind copy is told, and it was kept.</summary>
        public bool HasForwardPath
        {
            get { return RecipientCount == 1 && ForwardPathCount > 0; }
        }

        /// <summary>Makes an empty envelope; done at boot.</summary>
        /// <param name="settings">How many maildrops there may be.</param>
        public Envelope(ApplianceSettings settings)
        {
            Recipients = new int[(settings.MaildropsMax + 31) / 32];
        }

        /// <summary>Forgets the peer, for the next connection, or for TLS on this one.</summary>
        /// <param name="isSecure">Whether the connection speaks TLS.</param>
        public void Clear(bool isSecure)
        {
            IsSecure = isSecure;
            HeloCount = 0;
            IsExtended = false;
            IsLoggedIn = false;
            ClearMail();
        }

        /// <summary>Forgets the mail transaction.</summary>
        public void ClearMail()
        {
            ReversePathCount = 0;
            ForwardPathCount = 0;
            RecipientCount = 0;
            IsUtf8 = false;
            Array.Clear(Recipients, 0, Recipients.Length);
        }

        /// <summary>Takes the peer's name.</summary>
        /// <param name="buffer">The line's buffer.</param>
        /// <param name="offset">The name's first octet.</param>
        /// <param name="count">Its octets; 0 for none.</param>
        /// <param name="isExtended">Whether it came by EHLO.</param>
        public void SetHelo(byte[] buffer, int offset, int count, bool isExtended)
        {
            IsExtended = isExtended;
            HeloCount = count < Limits.DomainOctetsMax ? count : Limits.DomainOctetsMax;
            bool isLiteral = count > 2 && HeloCount == count && buffer[offset] == '[' && buffer[offset + count - 1] == ']';
            for (int index = 0; index < HeloCount; index++)
            {
                int octet = buffer[offset + index];
                bool bracket = isLiteral && (index == 0 || index == count - 1);
                bool fit = bracket || OctetClass.Is(octet, OctetClass.Atext) || octet == '.' || (isLiteral && octet == ':');
                Names[index] = fit ? (byte)octet : Substitute;
            }
        }

        /// <summary>Takes the reverse-path.</summary>
        /// <param name="path">A path that was parsed.</param>
        /// <param name="isUtf8">Whether SMTPUTF8 came with it.</param>
        public void SetReversePath(PathParser path, bool isUtf8)
        {
            ClearMail();
            IsUtf8 = isUtf8;
            ReversePathOffset = HeloCount;
            ReversePathCount = path.MailboxCount;
            Array.Copy(path.Buffer, path.MailboxOffset, Names, ReversePathOffset, ReversePathCount);
            ForwardPathOffset = ReversePathOffset + ReversePathCount;
        }

        /// <summary>Adds a recipient.</summary>
        /// <param name="path">A path that was parsed.</param>
        /// <param name="maildrop">Index of the maildrop that it is for.</param>
        public void AddRecipient(PathParser path, int maildrop)
        {
            if (RecipientCount == 0)
            {
                ForwardPathCount = path.MailboxCount <= Names.Length - ForwardPathOffset ? path.MailboxCount : 0;
                Array.Copy(path.Buffer, path.MailboxOffset, Names, ForwardPathOffset, ForwardPathCount);
            }

            RecipientCount++;
            Recipients[maildrop >> 5] |= 1 << (maildrop & 31);
        }
    }
}
