using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MailAppliance.Tools.Simulator
{
    /// <summary>A local address and port, as <c>ADDR:PORT</c>.</summary>
    /// <param name="Address">The address in text form, without brackets.</param>
    /// <param name="Port">The port; 0 lets the system choose.</param>
    internal sealed record Endpoint(string Address, int Port)
    {
        /// <summary>Reads <c>127.0.0.1:2525</c> or <c>[::1]:2525</c>.</summary>
        /// <param name="text">The text.</param>
        /// <returns>The endpoint; null where the text is none.</returns>
        public static Endpoint? Parse(string text)
        {
            int colon = text.LastIndexOf(':');
            if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port > ushort.MaxValue)
            {
                return null;
            }

            string address = text.Substring(0, colon);
            bool isBracketed = address.StartsWith('[') && address.EndsWith(']');
            address = isBracketed ? address.Substring(1, address.Length - 2) : address;
            bool isRight = IPAddress.TryParse(address, out IPAddress? known)
                && (known.AddressFamily == AddressFamily.InterNetworkV6 ? isBracketed : address.Split('.').Length == 4);
            return isRight ? new Endpoint(address, port) : null;
        }

        /// <inheritdoc/>
        public override string ToString()
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
        }

        /// <summary>The address as it stands in a URL.</summary>
        public string Host
        {
            get { return Address.Contains(':', System.StringComparison.Ordinal) ? $"[{Address}]" : Address; }
        }
    }
}
