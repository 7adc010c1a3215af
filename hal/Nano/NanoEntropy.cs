using System;
using System.Net.NetworkInformation;
using System.Text;

namespace MailAppliance.Hal.Nano
{
    /// <summary>What randomness the board can find: enough that no two boots are alike, not enough for keys of a bank.</summary>
    /// <remarks>
    /// <para>
    /// The class library gives no access to the chip's random number generator, and how <see cref="Random"/> is seeded depends on
    /// the firmware; some seed it with the time since start. So it is mixed with the date, the MAC address and IP address, which
    /// differ between boards, and with how many turns a loop makes between two ticks of the clock, which differs with
    /// temperature, cache and radio traffic: one to three bits a tick, by estimate and not by proof.
    /// </para>
    /// <para>
    /// What it is worth: epochs and ring ids do not repeat (which is what recovery needs), and who sends mail can't guess the ring
    /// key. Against somebody who knows the board's addresses and the second of its start, count on some 40 bits. The mixing is
    /// no cipher: who has seen octets of it can compute those that follow. A board with a better source hands it to <see cref="Stir"/>.
    /// </para>
    /// </remarks>
    public sealed class NanoEntropy : IEntropy
    {
        /// <summary>Ticks of the clock to listen to; a tick is 1 to 10 ms.</summary>
        private const int Ticks = 16;

        private readonly Random _random = new Random();
        private ulong _state = 0x6A09E667F3BCC908;

        /// <summary>Gathers; done at boot, takes up to 160 ms.</summary>
        public NanoEntropy()
        {
            Stir(DateTime.UtcNow.Ticks);
            StirRandom();
            StirAddresses();
            StirTicks();
        }

        /// <summary>Mixes in octets of another source: a sensor's noise, a clock chip, what is left of the boot before.</summary>
        /// <param name="buffer">The caller's, unchanged.</param>
        /// <param name="offset">The first octet.</param>
        /// <param name="count">How many.</param>
        public void Stir(byte[] buffer, int offset, int count)
        {
            for (int index = offset; index < offset + count; index++)
            {
                Stir(buffer[index]);
            }
        }

        /// <inheritdoc/>
        public void Fill(byte[] buffer, int offset, int count)
        {
            Stir(Environment.TickCount64);
            Stir(_random.Next());
            for (int index = offset; index < offset + count; index++)
            {
                Stir(index);
                buffer[index] = (byte)(_state >> 32);
            }
        }

        private void StirRandom()
        {
            byte[] octets = new byte[32];
            _random.NextBytes(octets);
            Stir(octets, 0, octets.Length);
        }

        private void StirAddresses()
        {
            try
            {
                NetworkInterface[] interfaces = NetworkInterface.GetAllNetworkInterfaces();
                for (int index = 0; index < interfaces.Length; index++)
                {
                    byte[] physical = interfaces[index].PhysicalAddress;
                    if (physical != null)
                    {
                        Stir(physical, 0, physical.Length);
                    }

                    string address = interfaces[index].IPv4Address;
                    if (address != null && address.Length > 0)
                    {
                        byte[] octets = Encoding.UTF8.GetBytes(address);
                        Stir(octets, 0, octets.Length);
                    }
                }
            }
            catch (Exception)
            {
                // A board without a network has no addresses; the other sources remain.
            }
        }

        private void StirTicks()
        {
            for (int tick = 0; tick < Ticks; tick++)
            {
                long now = Environment.TickCount64;
                int turns = 0;
                while (Environment.TickCount64 == now)
                {
                    turns++;
                }

                Stir(turns);
                Stir(now);
            }
        }

        /// <summary>One step of splitmix64, with the value added: every bit of it moves half the bits of the state.</summary>
        private void Stir(long value)
        {
            ulong mixed = _state + (ulong)value + 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            _state = mixed ^ (mixed >> 31);
        }
    }
}
