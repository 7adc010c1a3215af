using System;
using System.IO;
using MailAppliance.Hal;
using MailAppliance.Hal.Nano;
using nanoFramework.Hardware.Esp32;
using nanoFramework.System.IO.FileSystem;

namespace MailAppliance.Boards
{
    /// <summary>The ring's file on an SD card, which is mounted each time it is opened: another card may be in.</summary>
    /// <remarks>
    /// <para>
    /// The platform says of a mount only that it failed: no card, a card that is not FAT (exFAT is not), and a loose wire look
    /// alike, unless the board has a card-detect contact. The words of <see cref="LastError"/> say as much as is known.
    /// </para>
    /// <para>A mount that finds no card holds up the whole board for a second or so, so one that failed is not tried again at once.</para>
    /// </remarks>
    public sealed class SdCard : ICard
    {
        /// <summary>The folder of the card in slot 0.</summary>
        public const string Root = "D:\\";

        private const int RetryMilliseconds = 5000;

        // Each attempt to make the file writes to the card's folder: one that is too small should not be worn out by it.
        private const int CreateAgainMilliseconds = 60000;

        private readonly SDCard _slot;
        private readonly NanoCard _file = new NanoCard(Root + "MAIL.RNG", false);
        private readonly NanoCard _log = new NanoCard(Root + CardLog.FileName, false);
        private long _retryAt;
        private bool _refusedWrite;
        private bool _isReading;
        private string _mountError;

        /// <summary>Makes it; touches nothing yet.</summary>
        /// <param name="slot">The slot, with the board's pins; automatic mounting off.</param>
        public SdCard(SDCard slot)
        {
            _slot = slot;
        }

        /// <summary>A file that counts at a start only: a card that brings it later is not used, and sets <see cref="WantsStart"/>. Null for none.</summary>
        public string StartFile { get; set; }

        /// <summary>A card with <see cref="StartFile"/> was put in.</summary>
        public bool WantsStart { get; private set; }

        /// <summary>Whether the firmware's driver has a card, and with it the card's pins.</summary>
        internal bool IsMounted
        {
            get { return _slot.IsMounted; }
        }

        /// <summary>The log's file, which stands beside the ring's. It is closed where the card is mounted anew.</summary>
        internal ICard Log
        {
            get { return _log; }
        }

        /// <inheritdoc/>
        public int BlockCount
        {
            get { return _file.BlockCount; }
        }

        /// <inheritdoc/>
        public string LastError
        {
            get
            {
                return _mountError != null ? _mountError
                    : _file.LastError != null ? _file.LastError
                    : _refusedWrite ? "the card can be read and not written: it is write-protected, or worn out"
                    : null;
            }
        }

        /// <inheritdoc/>
        public bool IsThere
        {
            get { return _file.IsThere && (!_slot.CardDetectEnabled || _slot.IsCardDetected); }
        }

        /// <summary>Makes a card on bus SPI1.</summary>
        /// <param name="clockPin">The GPIO of the clock, the card's CLK or SCK.</param>
        /// <param name="mosiPin">The GPIO of the card's input, CMD, DI or MOSI.</param>
        /// <param name="misoPin">The GPIO of the card's output, DAT0, DO or MISO.</param>
        /// <param name="chipSelectPin">The GPIO of chip select, the card's DAT3 or CS.</param>
        /// <returns>The card, not mounted.</returns>
        public static SdCard OnSpi(int clockPin, int mosiPin, int misoPin, int chipSelectPin)
        {
            // By its full name: our own Configuration is a namespace.
            nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(clockPin, DeviceFunction.SPI1_CLOCK);
            nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(mosiPin, DeviceFunction.SPI1_MOSI);
            nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(misoPin, DeviceFunction.SPI1_MISO);
            SDCardSpiParameters parameters = new SDCardSpiParameters();
            parameters.slotIndex = 0;
            parameters.spiBus = 1;
            parameters.chipSelectPin = (uint)chipSelectPin;
            return new SdCard(new SDCard(parameters, null));
        }

        /// <summary>Makes a card on the SD host, SDMMC1, whose pins are fixed: clock 14, command 15, data 2, 4, 12 and 13.</summary>
        /// <param name="hasFourLines">Whether all four data lines are wired; else one, on GPIO 2.</param>
        /// <param name="detectPin">The GPIO of the card-detect contact, low where a card is in; -1 for none.</param>
        /// <returns>The card, not mounted.</returns>
        public static SdCard OnSdHost(bool hasFourLines, int detectPin)
        {
            SDCardMmcParameters parameters = new SDCardMmcParameters();
            parameters.slotIndex = 0;
            parameters.dataWidth = hasFourLines ? SDCard.SDDataWidth._4_bit : SDCard.SDDataWidth._1_bit;
            if (detectPin < 0)
            {
                return new SdCard(new SDCard(parameters, null));
            }

            CardDetectParameters detect = new CardDetectParameters();
            detect.enableCardDetectPin = true;
            detect.cardDetectPin = (uint)detectPin;
            detect.cardDetectedState = false;
            detect.autoMount = false;
            return new SdCard(new SDCard(parameters, detect));
        }

        /// <summary>Mounts the card, the one that was mounted before being let go.</summary>
        /// <returns>Whether a FAT card is there; where not, <see cref="LastError"/> says what is known.</returns>
        public bool Mount()
        {
            Unmount();
            if (_slot.CardDetectEnabled && !_slot.IsCardDetected)
            {
                _mountError = "there is no card in the slot";
                return false;
            }

            try
            {
                _slot.Mount();
                _mountError = null;
                return true;
            }
            catch (Exception error)
            {
                _mountError = (_slot.CardDetectEnabled ? "the card in the slot can't be mounted: is it FAT32?"
                    : "no card can be mounted: is one in, is it FAT32, are the wires right?")
                    + " (exFAT, as new cards above 32 GB have it, must be formatted anew; " + error.Message + ")";
                return false;
            }
        }

        /// <inheritdoc/>
        public int Open()
        {
            Close();
            long now = Environment.TickCount64;
            if (now < _retryAt)
            {
                return CardStatus.Unusable;
            }

            if (!Mount())
            {
                _retryAt = Environment.TickCount64 + RetryMilliseconds;
                return CardStatus.Unusable;
            }

            if (StartFile != null && File.Exists(StartFile))
            {
                WantsStart = true;
                _mountError = "the card holds " + StartFile + ", which counts from a start on";
                return CardStatus.Unusable;
            }

            _refusedWrite = false;
            return _file.Open();
        }

        /// <inheritdoc/>
        public int Create(int blockCount)
        {
            int status = _file.Create(blockCount);
            if (status != CardStatus.Ready)
            {
                _retryAt = Environment.TickCount64 + CreateAgainMilliseconds;
            }

            return status;
        }

        /// <inheritdoc/>
        public bool Read(int block, byte[] buffer, int offset, int count)
        {
            _isReading = _file.Read(block, buffer, offset, count);
            return _isReading;
        }

        /// <inheritdoc/>
        public bool Write(int block, byte[] buffer, int offset, int count)
        {
            bool isDone = _file.Write(block, buffer, offset, count);
            _refusedWrite = !isDone && _isReading;
            return isDone;
        }

        /// <inheritdoc/>
        public bool Sync()
        {
            return _file.Sync();
        }

        /// <inheritdoc/>
        public int BeginSync()
        {
            return _file.BeginSync();
        }

        /// <inheritdoc/>
        public int PollSync()
        {
            return _file.PollSync();
        }

        /// <inheritdoc/>
        public void Close()
        {
            _file.Close();
        }

        private void Unmount()
        {
            _log.Close();
            try
            {
                if (_slot.IsMounted)
                {
                    _slot.Unmount();
                }
            }
            catch (Exception)
            {
                // It was pulled out; the mount that follows begins anew.
            }
        }
    }
}
